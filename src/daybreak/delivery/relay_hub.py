"""Which environments each Relay Proxy configuration shows now, and the Relay Proxies that listen.

Lives on the event loop. Nothing is kept where nobody listens. The database is asked when a relay comes, and
when the outbox says that an environment, a project or a configuration was changed.
"""

import asyncio
from dataclasses import dataclass, field

from starlette.concurrency import run_in_threadpool

from daybreak.delivery.changes import Batch
from daybreak.delivery.listeners import Listener, end_all
from daybreak.delivery.relay_reading import News, RelayReader, Seen
from daybreak.delivery.relays import (
    RelayKey,
    Shown,
    choose_again,
    choose_shown,
    find_relay_changes,
    represent_everything,
)
from daybreak.platform.clock import SECOND, Clock
from daybreak.platform.identifiers import digest
from daybreak.platform.metrics.sdks import Streams


@dataclass(eq=False, slots=True)
class _Relay:
    """A relay on a stream: the digest of the key that it came with, and what ends its time."""

    listener: Listener
    key_digest: str
    timer: asyncio.TimerHandle | None = None


@dataclass(slots=True)
class _Configuration:
    """What all relays of a configuration see."""

    key: RelayKey
    shown: Shown
    relays: set[_Relay] = field(default_factory=set)


class RelayHub:
    """What is sent has the version of the last revision that changed anything relays see: it is the same in
    every process, and rises also for an environment that a policy takes away and gives back.
    """

    def __init__(self, reader: RelayReader, clock: Clock, metrics: Streams) -> None:
        self._reader = reader
        self._metrics = metrics
        self._clock = clock
        self._configurations: dict[str, _Configuration] = {}
        self._relays: dict[Listener, _Relay] = {}
        self._environments: Shown | None = None
        self._revision = 0
        self._refreshing = asyncio.Lock()
        self.is_closed = False

    async def listen(self, secret: str, *, with_filters: bool) -> tuple[bytes, Listener] | None:
        """What the key opens now, and a listener that hears of every change. None for an unknown key."""
        key_digest = digest(secret)
        # Whoever guesses keys keeps nobody waiting.
        if not await run_in_threadpool(self._reader.is_key, key_digest):
            return None
        async with self._refreshing:
            news = await self._catch_up(key_digest)
            key = news.keys.get(key_digest)
            if key is None:
                self._forget()
                return None
            listener = self._add(key, key_digest)
            shown = self._configurations[key.configuration_id].shown
        now = self._clock.now()
        return represent_everything(shown, news.version, now, with_filters=with_filters), listener

    def leave(self, listener: Listener) -> None:
        relay = self._relays.pop(listener)
        if relay.timer is not None:
            relay.timer.cancel()
        configuration = self._configurations[listener.topic]
        configuration.relays.discard(relay)
        if not configuration.relays:
            del self._configurations[listener.topic]
        self._forget()

    async def refresh(self, revision: int) -> None:
        """Tells the relays what has changed up to `revision`."""
        async with self._refreshing:
            if revision > self._revision and self._relays:
                await self._catch_up()
                self._forget()

    def close(self) -> None:
        """Ends all streams; no further one lasts."""
        self.is_closed = True
        end_all(list(self._relays))

    async def _catch_up(self, newcomer: str | None = None) -> News:
        present = {relay.key_digest for relay in self._relays.values()}
        before = Seen(self._revision, self._environments)
        news = await run_in_threadpool(self._reader.read, before, present, newcomer)
        self._apply(news)
        return news

    def _forget(self) -> None:
        """What nobody listens to is not followed, and would be out of date."""
        if not self._relays:
            self._environments = None

    def _add(self, key: RelayKey, key_digest: str) -> Listener:
        assert self._environments is not None
        listener = Listener(key.configuration_id, self._metrics)
        relay = self._relays[listener] = _Relay(listener, key_digest)
        if key.configuration_id not in self._configurations:
            shown = choose_shown(self._environments.values(), key)
            self._configurations[key.configuration_id] = _Configuration(key, shown)
        self._configurations[key.configuration_id].relays.add(relay)
        self._limit(relay, key)
        if self.is_closed:
            listener.tell(None)
        return listener

    def _limit(self, relay: _Relay, key: RelayKey) -> None:
        """An old key ends its stream by itself: nothing is written when its time has come."""
        if relay.timer is not None:
            relay.timer.cancel()
            relay.timer = None
        if key.expires_at is not None:
            rest = max(0, key.expires_at - self._clock.now()) / SECOND
            relay.timer = asyncio.get_running_loop().call_later(rest, relay.listener.tell, None)

    def _apply(self, news: News) -> None:
        before, self._environments = self._environments, news.environments
        self._revision = news.revision
        for configuration in self._configurations.values():
            if self._renew(configuration, news):
                shown = choose_shown(news.environments.values(), configuration.key)
            elif before is not None and before is not news.environments:
                shown = choose_again(configuration.shown, before, news.environments, configuration.key)
            else:
                continue
            self._tell(configuration, shown, news.version)

    def _renew(self, configuration: _Configuration, news: News) -> bool:
        """Whether another policy may hold now. Relays whose key works no more are sent away."""
        before = configuration.key
        for relay in configuration.relays:
            key = news.keys.get(relay.key_digest)
            if key is not None:
                configuration.key = key
                self._limit(relay, key)
            elif relay.key_digest in news.asked:
                relay.listener.tell(None)
        return configuration.key != before

    def _tell(self, configuration: _Configuration, shown: Shown, version: int) -> None:
        before, configuration.shown = configuration.shown, shown
        changes = tuple(find_relay_changes(before, shown, version, self._clock.now()))
        if changes:
            self._metrics.told(len(changes), len(configuration.relays))
            batch = Batch(configuration.key.configuration_id, version, changes)
            for relay in configuration.relays:
                relay.listener.tell(batch)
