// Many clients of one vendor's SDK, which tell when a flag has become another for them.
//
// node waiting.mjs VENDOR ADDRESS KEY COUNT INTERVAL: `ready` when all have begun, then for each client that sees
// another value of flag-0 the instant, in nanoseconds of the clock that all processes of a machine share.

import { init } from '@launchdarkly/node-server-sdk';
import { InMemStorageProvider, Unleash } from 'unleash-client';

const [vendor, address, key, count, interval] = process.argv.slice(2);
const FLAG = 'flag-0';
const CONTEXT = { userId: 'ann' };
const MOST_QUIET = 60_000;
const QUIET = { error: console.error, warn() {}, info() {}, debug() {} };

// Those who poll would let the process end between two polls; and whoever waits must not wait for ever.
const patience = setTimeout(() => process.exit(1), MOST_QUIET);

function told() {
  patience.refresh();
  process.stdout.write(`${process.hrtime.bigint()}\n`);
}

async function stream() {
  const client = init(key, {
    baseUri: address,
    streamUri: address,
    eventsUri: address,
    sendEvents: false,
    diagnosticOptOut: true,
    logger: QUIET,
  });
  await client.waitForInitialization({ timeout: 30 });
  const context = { kind: 'user', key: CONTEXT.userId };
  let last = await client.variation(FLAG, context, null);
  client.on(`update:${FLAG}`, async () => {
    const value = await client.variation(FLAG, context, null);
    if (value !== last) {
      last = value;
      told();
    }
  });
}

async function poll(number) {
  const client = new Unleash({
    url: `${address}/api/`,
    appName: 'bench',
    instanceId: `bench-${number}`,
    customHeaders: { Authorization: key },
    refreshInterval: Number(interval),
    disableMetrics: true,
    storageProvider: new InMemStorageProvider(),
    skipInstanceCountWarning: true,
  });
  client.on('error', (error) => console.error(String(error)));
  await new Promise((resolve) => {
    client.once('synchronized', resolve);
  });
  let last = client.isEnabled(FLAG, CONTEXT);
  client.on('changed', () => {
    const value = client.isEnabled(FLAG, CONTEXT);
    if (value !== last) {
      last = value;
      told();
    }
  });
}

// Those who poll begin one after the other, as those of many machines do: at any instant they are evenly apart.
const apart = vendor === 'unleash' ? Number(interval) / Number(count) : 0;
const started = [];
for (let number = 0; number < Number(count); number += 1) {
  started.push(vendor === 'unleash' ? poll(number) : stream());
  await new Promise((resolve) => {
    setTimeout(resolve, apart);
  });
}
await Promise.all(started);
process.stdout.write('ready\n');
