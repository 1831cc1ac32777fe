"""What was answered for and is not in the database yet: kept in files, so that it outlives its process.

A journal is a row of files, all of one process, which holds a lock on each. What is in them is written to the
database in one transaction, together with how far that goes; then they are removed. Files that nobody holds
are those of a process that died: another one on the same machine adopts them.
"""

import fcntl
import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryFile
from zlib import crc32

from sqlalchemy import Column, Integer, Table, Text, delete, select

from daybreak.platform import dialect
from daybreak.platform.clock import DAY
from daybreak.platform.columns import milliseconds
from daybreak.platform.database import Database, Transaction, metadata
from daybreak.platform.identifiers import object_id
from daybreak.platform.jobs import Job

# Up to which number the files of a journal are in the database.
journals = Table(
    "journals",
    metadata,
    Column("id", Text, primary_key=True),
    Column("written_to", Integer, nullable=False),
    milliseconds("at"),
)

ENDING = ".journal"
BYTES_OF_A_LENGTH = 4

# So much is adopted at once: what a process that died had not written may be more than fits into memory.
MOST_ADOPTED = 32 * 1024 * 1024

# A file that is older than this was adopted long ago.
MARKS_KEPT = 90 * DAY


class _File:
    """A locked file of a journal. It is closed, and free for others, when nobody refers to it any more."""

    def __init__(self, path: Path, descriptor: int) -> None:
        self.path = path
        self.descriptor = descriptor
        self.size = 0

    def __del__(self) -> None:
        os.close(self.descriptor)

    def append(self, content: bytes) -> None:
        """All of it or nothing. Raises OSError."""
        try:
            written = os.write(self.descriptor, content)
            while written < len(content):
                written += os.write(self.descriptor, content[written:])
        except OSError:
            # A part of it, on a disk that is full, must not stand before the next one.
            os.ftruncate(self.descriptor, self.size)
            raise
        self.size += len(content)

    def read(self) -> Iterator[bytes]:
        """The records; one that was cut off was never answered for."""
        content = self.path.read_bytes()
        start = BYTES_OF_A_LENGTH
        while start <= len(content):
            end = start + int.from_bytes(content[start - BYTES_OF_A_LENGTH : start], "big")
            if end <= len(content):
                yield content[start:end]
            start = end + BYTES_OF_A_LENGTH

    @property
    def place(self) -> tuple[str, int]:
        """The journal's id, and the file's number in it."""
        return parse_place(self.path)


def parse_place(path: Path) -> tuple[str, int]:
    *_, id, number = path.name.removesuffix(ENDING).split("-")
    return id, int(number)


def open_journal(database: Database, data_directory: str) -> "Journal":
    """This process's, beside the file of SQLite, or in the data folder where the database is a server."""
    file = dialect.data_file(database.engine)
    url = database.engine.url
    place = Path(file or data_directory).resolve()
    # Other databases may have theirs in the same folder.
    subject = place.name if file else f"{url.host} {url.port} {url.database}"
    return Journal(place.parent if file else place, f"events-{crc32(subject.encode()):08x}-")


class Journal:
    """The journal of this process. Its callers see to it that one thread at a time is in it."""

    def __init__(self, folder: Path, prefix: str) -> None:
        self._folder = folder
        self._prefix = prefix
        self._id = object_id()
        self._number = 0
        self._current: _File | None = None
        self._waiting: list[_File] = []

    def require_place(self) -> None:
        """Raises OSError where files cannot be made."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with TemporaryFile(dir=self._folder):
            pass

    def append(self, record: bytes) -> None:
        """Keeps a record, even if this process is killed right after. Raises OSError: it is not kept."""
        if self._current is None:
            self._current = self._begin()
        self._current.append(len(record).to_bytes(BYTES_OF_A_LENGTH, "big") + record)

    def turn(self) -> None:
        """What was appended is about to be written to the database; what comes now is not."""
        if self._current is not None:
            self._waiting.append(self._current)
            self._current = None

    def adopt(self, db: Transaction) -> list[bytes]:
        """Records of processes that died, about to be written too. Call it once a `turn`."""
        files, records = list[_File](), list[bytes]()
        for file in self._take_over():
            id, number = file.place
            if number <= _read_written(db, id):
                file.path.unlink()
                continue
            files.append(file)
            records += file.read()
            if sum(map(len, records)) >= MOST_ADOPTED:
                break
        # Not before all are read: what is waiting is removed when it is written.
        self._waiting += files
        return records

    def mark_written(self, db: Transaction, now: int) -> None:
        """Notes in the transaction that writes it what is written by it."""
        places = sorted(file.place for file in self._waiting)
        rows = [{"id": id, "written_to": number, "at": now} for id, number in dict(places).items()]
        db.insert_or_update(journals, rows, ["written_to", "at"])

    def forget(self) -> None:
        """The transaction is committed."""
        written, self._waiting = self._waiting, []
        for file in written:
            file.path.unlink(missing_ok=True)

    def has_orphans(self) -> bool:
        """Whether there may be something to adopt."""
        return next(self._take_over(), None) is not None

    def _begin(self) -> _File:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        while True:
            self._number += 1
            path = self._folder / f"{self._prefix}{self._id}-{self._number}{ENDING}"
            file = _File(path, os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600))
            # Another process may have taken it for an orphan before it was locked.
            if _lock(file):
                return file

    def _list_others(self) -> Sequence[Path]:
        with suppress(FileNotFoundError):
            found = self._folder.glob(f"{self._prefix}*{ENDING}")
            mine = {file.path for file in (*self._waiting, self._current) if file is not None}
            return sorted((path for path in found if path not in mine), key=parse_place)
        return []

    def _take_over(self) -> Iterator[_File]:
        for path in self._list_others():
            with suppress(FileNotFoundError):
                file = _File(path, os.open(path, os.O_RDWR))
                # Its process, or another that adopted it, may have removed it a moment ago.
                if _lock(file) and path.exists():
                    yield file


def _lock(file: _File) -> bool:
    try:
        fcntl.flock(file.descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _read_written(db: Transaction, id: str) -> int:
    return db.value(select(journals.c.written_to).where(journals.c.id == id)) or 0


def forget_journals(db: Transaction, now: int) -> None:
    """Those that have had no file for long."""
    db.execute(delete(journals).where(journals.c.at < now - MARKS_KEPT))


FORGET_JOURNALS = Job("forget old journals", DAY, forget_journals)
