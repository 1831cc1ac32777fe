"""Members for a team from a file with their emails: all of them, or none where a line is wrong."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import replace
from http import HTTPStatus
from io import TextIOWrapper
from tempfile import SpooledTemporaryFile, TemporaryFile
from typing import IO

import msgspec

from daybreak.areas.people.members.model import parse_email
from daybreak.areas.people.members.store import list_emails
from daybreak.areas.people.teams.changing import change_team
from daybreak.areas.people.teams.instructions import together
from daybreak.areas.people.teams.model import Team
from daybreak.areas.people.teams.representation import ImportItemShape, ImportShape
from daybreak.areas.people.teams.resource import TEAM
from daybreak.platform.errors import InvalidRequest
from daybreak.rest.call import Answer, Call
from daybreak.rest.editing import Edit
from daybreak.rest.forms import read_form
from daybreak.rest.operations import read_one

LARGEST_FILE = 25 * 1024 * 1024
MOST_LINES = 100_000

_HEADINGS = {"email", "emails", "email address", "e-mail"}

Line = tuple[int, str]


def import_members(
    call: Call, upload: "SpooledTemporaryFile[bytes]", headers: Mapping[bytes, bytes], team_key: str
) -> Answer:
    team = read_one(call, TEAM, team_key=team_key)
    call.actor.require(("updateTeamMembers",), team.address)
    with TemporaryFile() as file:
        form = read_form(upload, headers.get(b"content-type", b"").decode("latin-1"), file)
        lines = list(_read_lines(form.file))
    if not any(text for _, text in lines):
        raise InvalidRequest("File is empty")
    items, ids = _judge(call, team, lines)
    is_sound = all(item.status == "success" for item in items)
    if is_sound:
        after = replace(team, member_ids=together(team.member_ids, ids))
        change_team(call, team, Edit(after, ("updateTeamMembers",), ""))
    elif not ids:
        _refuse_all(items)
    status = HTTPStatus.CREATED if is_sound else HTTPStatus.MULTI_STATUS
    return Answer(msgspec.json.encode(ImportShape(items=items)), status=status)


def _read_lines(file: IO[bytes]) -> Iterator[Line]:
    lines = TextIOWrapper(file, encoding="utf-8-sig", newline="")
    try:
        for number, row in enumerate(csv.reader(lines), 1):
            text = row[0].strip() if row else ""
            if number > MOST_LINES:
                raise InvalidRequest(f"The file may have {MOST_LINES} lines")
            if number > 1 or text.lower() not in _HEADINGS:
                yield number, text
    except (UnicodeDecodeError, csv.Error):
        raise InvalidRequest("Unable to process file: it is no CSV in UTF-8") from None
    finally:
        lines.detach()


def _judge(call: Call, team: Team, lines: list[Line]) -> tuple[list[ImportItemShape], list[str]]:
    """What is said of each line, and the ids of the members who could be added."""
    emails = {text: parse_email(text) for _, text in lines}
    known = list_emails(call.db, {email for email in emails.values() if email})
    present, seen = set(team.member_ids), set[str]()
    items, ids = [], []
    for number, text in lines:
        email = emails[text]
        fault = _find_fault(text, email, known, present, seen)
        if fault:
            items.append(ImportItemShape(status="error", value=text, message=f"Line {number}: {fault}"))
            continue
        assert email is not None
        seen.add(email)
        ids.append(known[email])
        items.append(ImportItemShape(status="success", value=text))
    return items, ids


def _find_fault(
    text: str, email: str | None, known: Mapping[str, str], present: set[str], seen: set[str]
) -> str:
    if not text:
        return "empty row"
    if email is None:
        return "invalid email formatting"
    if email in seen:
        return "duplicate entry"
    if email not in known:
        return "email does not belong to a member"
    return "email already exists in the specified team" if known[email] in present else ""


_FAULTS_OF_ALL = {
    "invalid email formatting": "All emails have invalid formatting",
    "email already exists in the specified team": "All emails belong to existing team members",
    "email does not belong to a member": "No emails belong to members of this account",
}


def _refuse_all(items: list[ImportItemShape]) -> None:
    """Raises InvalidRequest where every line is wrong in the same way."""
    faults = {str(item.message).partition(": ")[2] for item in items}
    for fault, message in _FAULTS_OF_ALL.items():
        if faults == {fault}:
            raise InvalidRequest(message)
