"""The peer of the side-by-side: the same scores answer served by FastAPI on the same uvicorn.

It checks the token, takes the same parameters, and builds the typed answer for each request, as a FastAPI
program does; it is spared the database.
"""

import json
import socket
import sys
from pathlib import Path
from typing import Annotated, Any

import uvicorn
from fastapi import FastAPI, Header, HTTPException
from pydantic import BaseModel

from bench.server import TOKEN


class Range(BaseModel):
    """Bounds of an indicator."""

    min: int
    max: int


class Score(BaseModel):
    """One score, with the period before."""

    score: int
    aggregateOf: list[str] | None = None
    diffVsLastPeriod: int | None = None
    indicator: str
    indicatorRange: Range
    lastPeriod: "Score | None" = None


class Period(BaseModel):
    """Unix milliseconds."""

    startTime: int
    endTime: int


class Scores(BaseModel):
    """The answer."""

    period: Period
    lastPeriod: Period
    scores: dict[str, Score]
    links: dict[str, dict[str, str]]


def make(answer: dict[str, Any]) -> FastAPI:
    app = FastAPI()

    @app.get("/healthz")
    def alive() -> dict[str, str]:
        return {"status": "alive"}

    @app.get(
        "/api/v2/engineering-insights/insights/scores",
        response_model=Scores,
        response_model_exclude_none=True,
    )
    async def scores(
        projectKey: str,  # noqa: N803 - the API's own name
        environmentKey: str,  # noqa: N803 - the API's own name
        authorization: Annotated[str, Header()],
        applicationKey: str | None = None,  # noqa: ARG001, N803 - declared as the operation declares it
    ) -> Scores:
        if authorization != TOKEN:
            raise HTTPException(401)
        if not projectKey or not environmentKey:
            raise HTTPException(404)
        return Scores(
            period=Period(**answer["period"]),
            lastPeriod=Period(**answer["lastPeriod"]),
            scores={name: Score(**score) for name, score in answer["scores"].items()},
            links=answer["_links"],
        )

    return app


def main() -> None:
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    print(f"FastAPI listens on http://127.0.0.1:{listening.getsockname()[1]}", flush=True)
    app = make(json.loads(Path(sys.argv[1]).read_text()))
    config = uvicorn.Config(app, loop="uvloop", http="httptools", log_config=None, access_log=False)
    uvicorn.Server(config).run(sockets=[listening])


if __name__ == "__main__":
    main()
