"""Many who come in at once: whoever asks for something else is answered while they wait."""

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from typing import Any

from anyio.to_thread import current_default_thread_limiter
from httpx2 import ASGITransport, AsyncClient, Response

from areas.people.members import PASSWORD, a_member, signed_in
from daybreak.app import THREADS, Daybreak, build
from daybreak.areas.people.sign_in import passwords
from daybreak.platform.clock import FixedClock
from daybreak.platform.database import Database
from daybreak.settings import Settings

MANY = 40
# Only what hangs takes so long.
SECONDS_TO_HANG = 60


@contextmanager
def hashing_for_others() -> Iterator[None]:
    """All that may be hashed at once is, until the block is left."""
    for _ in range(passwords.HASHED_AT_ONCE):
        passwords._turn.acquire()
    try:
        yield
    finally:
        for _ in range(passwords.HASHED_AT_ONCE):
            passwords._turn.release()


@asynccontextmanager
async def visiting(app: Daybreak) -> AsyncIterator[AsyncClient]:
    current_default_thread_limiter().total_tokens = THREADS
    headers = {"Origin": "http://testserver"}
    async with AsyncClient(
        transport=ASGITransport(app), base_url="http://testserver", headers=headers
    ) as client:
        yield client


async def ask_meanwhile(client: AsyncClient, api: Any, session: str) -> Sequence[Response]:
    """What programs and people ask for besides, each of which has to be answered."""
    # Those who came before get as far as they can.
    for _ in range(200):
        await asyncio.sleep(0)
    token, cookie = {"Authorization": api.token}, {"Cookie": f"daybreak-session={session}"}
    return await asyncio.wait_for(
        asyncio.gather(
            client.get("/healthz"),
            client.get("/readyz"),
            client.get("/api/v2/projects", headers=token),
            client.post("/api/v2/projects", headers=token, json={"key": "web", "name": "Web"}),
            client.get("/api/v2/members/me", headers=cookie),
            client.get("/sign-in"),
            client.get("/account", headers=cookie),
        ),
        SECONDS_TO_HANG,
    )


def test_sign_in__many_who_wait_for_their_turn__keep_nobody_else_waiting(
    api: Any, app: Daybreak, database: Database
) -> None:
    session = signed_in(api, database, a_member(api, "ann@example.com")).session
    form = {"email": "ann@example.com", "password": "a wrong password"}

    async def come_in() -> None:
        async with visiting(app) as client:
            with hashing_for_others():
                coming = [asyncio.create_task(client.post("/sign-in", data=form)) for _ in range(MANY)]
                answers = await ask_meanwhile(client, api, session)
                assert {each.status_code for each in answers} == {200, 201}
                assert not any(each.done() for each in coming)
            refused = await asyncio.gather(*coming)
            assert {each.status_code for each in refused} <= {401, 429}

    asyncio.run(come_in())


def test_provider__that_does_not_answer__keeps_nobody_else_waiting(
    api: Any, settings: Settings, database: Database, clock: FixedClock
) -> None:
    session = signed_in(api, database, a_member(api, "ann@example.com")).session
    silent = socket.create_server(("127.0.0.1", 0))
    issuer = f"http://127.0.0.1:{silent.getsockname()[1]}"
    app = build(replace(settings, openid_issuer=issuer), database, clock)

    async def come_in() -> None:
        async with visiting(app) as client:
            with silent:
                coming = [asyncio.create_task(client.get("/sign-in/provider")) for _ in range(MANY)]
                answers = await ask_meanwhile(client, api, session)
                assert {each.status_code for each in answers} == {200, 201}
                owner = {"email": "nobody@example.com", "password": PASSWORD}
                assert (await client.post("/sign-in", data=owner)).status_code == 401
            told = await asyncio.gather(*coming)
            assert {each.status_code for each in told} == {503}

    asyncio.run(come_in())
