"""Events that were answered for are counted once, whatever becomes of the process that took them."""

import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from daybreak.app import build
from daybreak.platform.clock import FixedClock
from daybreak.platform.database import Database
from daybreak.platform.identifiers import object_id
from daybreak.platform.journal import Journal, open_journal
from daybreak.settings import Settings
from ingestion.sender import Sender, summary


@pytest.fixture
def another(sender: Sender, settings: Settings, clock: FixedClock) -> Iterator[Callable[[], Sender]]:
    """Senders to further processes on the same database, which share nothing else."""
    opened = []

    def build_another() -> Sender:
        database = Database(sender.database.url)
        opened.append(database)
        return replace(sender, app=build(settings, database, clock), database=database)

    yield build_another
    for database in opened:
        database.close()


def _die(folder: Path, change: Callable[[bytes], bytes] = lambda content: content) -> None:
    """As after a kill: the one file that there is holds what it held, and nobody has it locked. The process
    that wrote it does nothing more in these tests.
    """
    [file] = _files(folder)
    content = file.read_bytes()
    file.unlink()
    prefix, digest, _, number = file.name.split("-")
    (folder / f"{prefix}-{digest}-{object_id()}-{number}").write_bytes(change(content))


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.journal"))


def test_journal__process_died_before_writing__is_written_by_another(
    sender: Sender, another: Callable[[], Sender], tmp_path: Path
) -> None:
    first = another()
    assert first.bulk(summary()).status_code == 202
    assert first.bulk(summary()).status_code == 202
    _die(tmp_path)

    assert sender.counted() == 10

    assert _files(tmp_path) == []
    assert sender.counted() == 10


def test_journal__process_alive__is_left_alone(sender: Sender, another: Callable[[], Sender]) -> None:
    first = another()
    first.bulk(summary())

    assert sender.counted() == 0
    assert [job for job in sender.app.jobs.list_due() if "evaluated" in job.name] == []
    assert first.counted() == 5
    assert sender.counted() == 5


def test_journal__process_died_between_writing_and_removing__counts_once(
    sender: Sender, another: Callable[[], Sender], tmp_path: Path
) -> None:
    first = another()
    first.bulk(summary())
    [file] = _files(tmp_path)
    content = file.read_bytes()
    assert first.counted() == 5
    file.write_bytes(content)

    assert sender.counted() == 5

    assert _files(tmp_path) == []


def test_journal__killed_in_the_middle_of_a_record__keeps_those_before(
    sender: Sender, another: Callable[[], Sender], tmp_path: Path
) -> None:
    first = another()
    first.bulk(summary())
    first.bulk(summary())
    _die(tmp_path, lambda content: content[:-10])

    assert sender.counted() == 5


def test_journal__unreadable_record__keeps_nothing_else_from_being_written(
    sender: Sender, another: Callable[[], Sender], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    first = another()
    first.bulk(summary())
    _die(tmp_path, lambda content: (3).to_bytes(4, "big") + b"abc" + content)

    assert sender.counted() == 5

    assert "cannot be read" in caplog.text
    assert _files(tmp_path) == []


def test_journal__died_and_sent_again__counts_once(
    sender: Sender, another: Callable[[], Sender], tmp_path: Path
) -> None:
    """The SDK did not hear the answer of the process that died."""
    first = another()
    first.bulk(summary(), **{"X-LaunchDarkly-Payload-ID": "the-same"})
    _die(tmp_path)
    assert sender.counted() == 5

    assert sender.bulk(summary(), **{"X-LaunchDarkly-Payload-ID": "the-same"}).status_code == 202

    assert sender.counted() == 5


@contextmanager
def _no_file_may_grow() -> Iterator[None]:
    """As on a disk that is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_journal__cannot_be_written__answers_503_and_takes_the_payload_when_it_comes_again(
    sender: Sender,
) -> None:
    headers = {"X-LaunchDarkly-Payload-ID": "the-same"}
    with _no_file_may_grow():
        assert sender.bulk(summary(), **headers).status_code == 503

    assert sender.bulk(summary(), **headers).status_code == 202
    assert sender.counted() == 5


def test_journal__database_is_gone_for_long__stays_two_files(
    sender: Sender, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("daybreak.ingestion.writing.count_evaluations", None)
    for _ in range(5):
        sender.bulk(summary())
        [job] = [job for job in sender.app.jobs.list_due() if "evaluated" in job.name]
        assert not sender.app.jobs.run(job)
    assert len(_files(tmp_path)) == 2
    monkeypatch.undo()
    sender.write()
    assert sender.counted() == 25
    assert _files(tmp_path) == []


def test_open_journal__other_database__has_files_of_its_own(database: Database, tmp_path: Path) -> None:
    one, other = open_journal(database, str(tmp_path)), Journal(tmp_path, "events-another-")
    other.append(b"something")
    del other

    assert not one.has_orphans()
    assert Journal(tmp_path, "events-another-").has_orphans()
