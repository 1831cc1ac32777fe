"""What the machine has to offer: time, room, files that may be open, and where the data lie."""

import resource
import shutil
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from daybreak.cli.doctor.finding import Finding, broken, doubtful, good

# 2026-01-01: no program of this version ran earlier, so a clock that says so is wrong.
EARLIEST = 1_767_225_600_000
LEAST_FREE = 200 * 1024 * 1024
# A stream takes one, and so does every request that is under way.
LEAST_FILES = 4_096

# What the kernel calls file systems that other machines provide.
OF_OTHER_MACHINES = frozenset({
    "9p", "afs", "beegfs", "ceph", "cifs", "fuse.glusterfs", "fuse.s3fs", "fuse.sshfs", "gfs2", "glusterfs",
    "lustre", "ncpfs", "nfs", "nfs4", "ocfs2", "smb3", "smbfs",
})  # fmt: skip

MOUNTS = Path("/proc/self/mountinfo")


def examine_machine(now: int) -> Iterator[Finding]:
    yield judge_clock(now)
    files, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    yield judge_files(None if files == resource.RLIM_INFINITY else files)


def find_missing(file: Path) -> Finding | None:
    """Why a database's file cannot be looked at, where it cannot."""
    try:
        file.stat()
    except (FileNotFoundError, NotADirectoryError):
        advice = "Is this the right place? `daybreak serve` or `daybreak migrate` would make one here."
        return broken(f"There is no database at {file}.", advice)
    except OSError as error:
        advice = "Is this the right place? Let the user of the server run the doctor."
        return broken(f"{file} cannot be looked at: {error.strerror}.", advice)
    return None


def examine_data_file(file: Path) -> Iterator[Finding]:
    """`file` is absolute, and is there."""
    yield judge_space(shutil.disk_usage(file.parent).free)
    if MOUNTS.exists():
        yield from judge_file_system(find_file_system(file, MOUNTS.read_text()))
    modes = [file.stat().st_mode, *(folder.stat().st_mode for folder in file.parents)]
    yield judge_permissions(file.name, modes)


def judge_clock(now: int) -> Finding:
    if now < EARLIEST:
        return broken("The clock is wrong: it is before 2026.", "Set the machine's time.")
    return good("The clock is plausible.")


def judge_files(most: int | None) -> Finding:
    """`most` is None where there is no limit."""
    if most is not None and most < LEAST_FILES:
        what = f"This user may have {most} files open, and every stream of an SDK takes one."
        return doubtful(
            what, "Allow more where the server is started: `ulimit -n 65536`, or LimitNOFILE=65536."
        )
    return good("Enough files may be open for the streams of SDKs.")


def judge_space(free: int) -> Finding:
    said = f"{free // 1024**2:,} MB are free where the database lies."
    if free < LEAST_FREE:
        return broken(said, "Make room: without it nothing can be written.")
    return good(said)


def judge_file_system(kind: str) -> Iterator[Finding]:
    if kind in OF_OTHER_MACHINES:
        what = f"The database lies on a file system of another machine ({kind})."
        advice = (
            "SQLite needs locks and shared memory that such a one may not give: move it to a disk of this"
        )
        yield doubtful(what, f"{advice} machine, or use PostgreSQL.")


def judge_permissions(name: str, modes: Sequence[int]) -> Finding:
    """`modes` are those of the file, and of each folder that it is in."""
    file, *folders = modes
    if file & (stat.S_IROTH | stat.S_IWOTH) and all(folder & stat.S_IXOTH for folder in folders):
        what = f"Every user of this machine may open {name}, which holds keys of SDKs."
        return doubtful(what, "Let only the user of the server: chmod 600 the file, or chmod 700 its folder.")
    return good("Not every user of this machine may open the database.")


def find_file_system(file: Path, mounts: str) -> str:
    """The kind of file system that a file lies on, by what the kernel says of mounts."""
    places = [line.split() for line in mounts.splitlines()]
    found = [
        (len(_unescape(place[4])), place[place.index("-") + 1])
        for place in places
        if file.is_relative_to(_unescape(place[4]))
    ]
    return max(found)[1] if found else ""


def _unescape(path: str) -> str:
    """The kernel writes spaces of a path as octal numbers."""
    return path.encode().decode("unicode_escape")
