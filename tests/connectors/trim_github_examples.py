"""Makes data/github_events.json: `npm pack @octokit/webhooks-examples`, unpack, give the package's folder.

Of each published example it keeps the fields our parser asked for and nothing else, without names of people.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

from daybreak.connectors.github import PARSERS, parse_github

Json = Any
PEOPLE = {"user", "author"}
ADDRESSES = {"html_url", "log_url", "target_url"}
WORDS = {"title", "message"}


class Watched(dict[str, Json]):
    """An object that remembers which of its fields were read."""

    def __init__(self, fields: dict[str, Json]) -> None:
        super().__init__({name: _watch(value) for name, value in fields.items()})
        self.seen: set[str] = set()

    def get(self, name: str, default: Json = None) -> Json:
        self.seen.add(name)
        return super().get(name, default)


def _watch(value: Json) -> Json:
    if isinstance(value, dict):
        return Watched(value)
    return [_watch(item) for item in value] if isinstance(value, list) else value


def _seen_part(value: Json, name: str = "", owner: str = "") -> Json:
    if isinstance(value, Watched):
        return {field: _seen_part(value[field], field, name) for field in sorted(value.seen & set(value))}
    if isinstance(value, list):
        return [_seen_part(item, name, owner) for item in value]
    return _without_people(value, name, owner) if isinstance(value, str) else value


def _without_people(text: str, field: str, owner: str) -> str:
    if owner in PEOPLE and field != "type":
        return "someone[bot]" if "[bot]" in text else "someone"
    if field in ADDRESSES:
        return re.sub(r"(?<=://)[^/]+(/[^/]+){1,2}", "example.invalid", text)
    if field == "full_name":
        return "example/repository"
    return "An example" if field in WORDS else text


def trim(package: Path) -> list[Json]:
    kept: list[Json] = []
    for index in sorted(package.glob("*/index.json")):
        for group in json.loads(index.read_text("utf-8")):
            for example in group["examples"] if group["name"] in PARSERS else []:
                payload = Watched(example)
                parse_github(group["name"], payload)
                entry = {"event": group["name"], "payload": _seen_part(payload)}
                if entry not in kept:
                    kept.append(entry)
    return kept


if __name__ == "__main__":
    entries = [json.dumps(entry, ensure_ascii=False) for entry in trim(Path(sys.argv[1]))]
    target = Path(__file__).parent / "data" / "github_events.json"
    target.write_text("[\n" + ",\n".join(entries) + "\n]\n", "utf-8")
