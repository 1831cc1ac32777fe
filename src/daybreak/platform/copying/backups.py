"""Backups: one SQLite file of whatever engine, that can be restored into either, or be served as it is.

A backup of an SQLite database is a copy of its pages, one of a PostgreSQL database a copy of its rows. Both
show one moment, also of a server that goes on writing.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory, mkstemp

from sqlalchemy import BigInteger, Column, MetaData, Table, Text, insert, inspect, select
from sqlalchemy.engine import URL
from sqlalchemy.exc import DatabaseError, OperationalError

from daybreak.platform import dialect
from daybreak.platform.clock import FixedClock
from daybreak.platform.copying.databases import (
    NOBODY,
    NotCopied,
    copy_database,
    require_data,
    require_known_schema,
)
from daybreak.platform.copying.files import copy_pages, seal_file
from daybreak.platform.copying.watch import Watch
from daybreak.platform.database import Database
from daybreak.platform.schema import migrate, read_schema_version

# What SQLite keeps beside a file that somebody has open, or had when they were killed.
BESIDE = ("-wal", "-shm", "-journal")

# Of backups alone: it is not part of the schema, is not migrated and not restored.
_labels = Table(
    "backup_label",
    MetaData(),
    Column("made_at", BigInteger, nullable=False),
    Column("program", Text, nullable=False),
    Column("engine", Text, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Label:
    """When a backup was made, in Unix milliseconds, by which version of the program, and of which engine."""

    made_at: int
    program: str
    engine: str


@dataclass(frozen=True, slots=True)
class Backup:
    """An opened backup of the current schema. `label` is None for a file that was not made as a backup."""

    database: Database
    label: Label | None


def make_backup(source: Database, file: Path, label: Label, watch: Watch) -> int:
    """Writes the backup beside `file`, and gives it that name once it is whole and on the disk. Its size in
    bytes. Nobody but its owner may read it.

    Raises:
        NotCopied: the source is no database of Daybreak, `file` is the source or another database in use, or
            what was written is not sound.

    """
    _require_replaceable(file, source)
    # mkstemp: for its owner alone from the first byte on.
    descriptor, name = mkstemp(prefix=f".{file.name}.", suffix=".unfinished", dir=file.parent)
    os.close(descriptor)
    unfinished = Path(name)
    try:
        _fill(source, unfinished, label, watch)
        _keep(unfinished)
        # Once more: a large backup takes its time, and somebody may have begun to use the file.
        _require_replaceable(file, source)
        unfinished.replace(file)
        _keep(file.parent)
    finally:
        for each in (unfinished, *_list_beside(unfinished)):
            each.unlink(missing_ok=True)
    return file.stat().st_size


def _list_beside(file: Path) -> list[Path]:
    return [file.with_name(file.name + end) for end in BESIDE]


def _require_replaceable(file: Path, source: Database) -> None:
    """A server whose file is replaced goes on writing into the one that has lost its name, and SQLite takes a
    log that lies beside for one of the new file. Raises NotCopied.
    """
    own = dialect.data_file(source.engine)
    if own is not None and file.exists() and file.samefile(own):
        raise NotCopied(f"{file} is the database itself: choose another name.")
    for each in (*_list_beside(file), *_list_beside(file.resolve())):
        if each.exists():
            raise NotCopied(f"{file} is in use, as {each.name} beside it tells: choose another name.")


def _fill(source: Database, file: Path, label: Label, watch: Watch) -> None:
    require_data(source)
    if dialect.data_file(source.engine) is not None:
        with source.reading() as db:
            copy_pages(db.connection, file, watch)
    with closing(_open(file)) as target:
        if dialect.data_file(source.engine) is None:
            copy_database(source, target, watch, NOBODY, clock=FixedClock(label.made_at))
        with target.migrating() as connection:
            _labels.drop(connection, checkfirst=True)
            _labels.create(connection)
            connection.execute(insert(_labels).values(**_as_row(label)))
        with target.reading() as db:
            faults = dialect.check_integrity(db.connection)
        if faults:
            raise NotCopied(f"The backup is not sound: {'; '.join(faults)}")
    seal_file(file)


def _as_row(label: Label) -> dict[str, int | str]:
    return {"made_at": label.made_at, "program": label.program, "engine": label.engine}


def _open(file: Path) -> Database:
    return Database(URL.create("sqlite", database=str(file)).render_as_string())


def _keep(path: Path) -> None:
    """Returns once a file, or the names in a folder, would survive a power cut."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def open_backup(file: Path) -> Iterator[Backup]:
    """A backup in the current schema, and its label. It is a copy in the folder for temporary files that is
    migrated and opened: the backup itself is only read.

    Raises:
        NotCopied: the file is no backup, is damaged, is in use, or from a newer program.

    """
    log = file.with_name(file.name + "-wal")
    if log.exists() and log.stat().st_size:
        raise NotCopied(f"{file} is in use, and not whole without {log.name}: make a backup of it first.")
    with TemporaryDirectory(prefix="daybreak-restoring-") as folder:
        copy = Path(folder) / "backup.db"
        shutil.copyfile(file, copy)
        with closing(_open(copy)) as database:
            yield Backup(database, _prepare(database, file))


def _prepare(database: Database, file: Path) -> Label | None:
    """Brings the copy up to date; what the label says of the backup."""
    try:
        with database.reading() as db:
            faults = dialect.check_integrity(db.connection)
        if not faults and read_schema_version(database) is None:
            faults = ["it holds no data of Daybreak"]
    except OperationalError:
        raise
    except DatabaseError as error:
        faults = [str(error.orig)]
    if faults:
        raise NotCopied(f"{file} cannot be restored: {'; '.join(faults)}")
    require_known_schema(database, str(file))
    label = _read_label(database)
    migrate(database)
    return label


def _read_label(database: Database) -> Label | None:
    with database.reading() as db:
        if not inspect(db.connection).has_table(_labels.name):
            return None
        row = db.first(select(_labels))
    return None if row is None else Label(row.made_at, row.program, row.engine)
