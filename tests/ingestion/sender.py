"""Sends events as an SDK does."""

import json
from dataclasses import dataclass
from typing import Any

import httpx2
from sqlalchemy import select
from starlette.testclient import TestClient

from daybreak.app import Daybreak
from daybreak.areas.flags.evaluation_counts.tables import evaluation_counts
from daybreak.areas.flags.queries import Totals, event_totals
from daybreak.platform.clock import DAY, FixedClock
from daybreak.platform.database import Database


def summary(count: int = 5, key: str = "checkout", **more: Any) -> dict[str, Any]:
    counters = [{"value": True, "variation": 0, "version": 17, "count": count}]
    feature = {"default": False, "contextKinds": ["user"], "counters": counters}
    return {"kind": "summary", "startDate": 1, "endDate": 2, "features": {key: feature}} | more


@dataclass
class Sender:
    """Sends as an SDK does, and looks at what was written."""

    app: Daybreak
    database: Database
    clock: FixedClock
    environment: dict[str, Any]

    def send(self, path: str, body: Any, key: str = "", **headers: str) -> httpx2.Response:
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        given = {"Authorization": key} if key else {}
        client = TestClient(self.app, raise_server_exceptions=False)
        return client.request("POST", path, content=content, headers=given | headers)

    def bulk(self, *events: Any, **headers: str) -> httpx2.Response:
        return self.send("/bulk", list(events), self.environment["apiKey"], **headers)

    def write(self) -> None:
        self.clock.advance(1_000)
        for job in self.app.jobs.list_due():
            if "evaluated" in job.name:
                assert self.app.jobs.run(job)

    def counted(self) -> int:
        """All evaluations that are written down."""
        self.write()
        with self.database.reading() as db:
            return sum(row.evaluations for row in db.rows(select(evaluation_counts)))

    def totals(self) -> Totals:
        self.write()
        with self.database.reading() as db:
            return event_totals(db, self.clock.now() - DAY)
