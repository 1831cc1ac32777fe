"""The peer of the list of flags: the same list served by FastAPI on the same uvicorn.

It checks the token, takes the same parameters, and builds the typed answer for each request; it is spared the
database.
"""

import json
import socket
import sys
from pathlib import Path
from typing import Annotated, Any

import uvicorn
from fastapi import FastAPI, Header, HTTPException
from pydantic import BaseModel, ConfigDict, Field

from bench.server import TOKEN


class Model(BaseModel):
    """Fields whose names begin with an underscore are known by another one here."""

    model_config = ConfigDict(populate_by_name=True)


class Link(Model):
    """Where something is."""

    href: str
    type: str


class Availability(Model):
    """Which client-side SDKs may see a flag."""

    usingMobileKey: bool
    usingEnvironmentId: bool


class Variation(Model):
    """One value of a flag."""

    id: str = Field(alias="_id")
    value: Any
    name: str | None = None
    description: str | None = None


class Defaults(Model):
    """Positions of variations."""

    onVariation: int
    offVariation: int


class Experiments(Model):
    """What is measured with a flag."""

    baselineIdx: int
    items: list[Any]


class Flag(Model):
    """One flag as a list shows it."""

    links: dict[str, Link] = Field(alias="_links")
    name: str
    kind: str
    description: str
    key: str
    version: int = Field(alias="_version")
    creationDate: int
    includeInSnippet: bool
    clientSideAvailability: Availability
    variations: list[Variation]
    temporary: bool
    tags: list[str]
    goalIds: list[str]
    experiments: Experiments
    customProperties: dict[str, Any]
    archived: bool
    deprecated: bool
    defaults: Defaults


class Flags(Model):
    """The answer."""

    links: dict[str, Link] = Field(alias="_links")
    items: list[Flag]
    totalCount: int


def make(answer: dict[str, Any]) -> FastAPI:
    app = FastAPI()

    @app.get("/healthz")
    def alive() -> dict[str, str]:
        return {"status": "alive"}

    @app.get("/api/v2/flags/{project_key}", response_model=Flags, response_model_exclude_none=True)
    async def flags(project_key: str, authorization: Annotated[str, Header()], limit: int = 20) -> Flags:
        if authorization != TOKEN:
            raise HTTPException(401)
        if project_key != "web":
            raise HTTPException(404)
        return Flags(
            _links=answer["_links"],
            items=[Flag(**flag) for flag in answer["items"][:limit]],
            totalCount=answer["totalCount"],
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
