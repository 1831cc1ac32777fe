// The vendor's SDK for servers written in Node: it evaluates by itself what the stream brings.

import { init } from '@launchdarkly/node-server-sdk';

import { answer, logger, settings } from './program.mjs';

const client = init(settings.key, {
  baseUri: settings.address,
  streamUri: settings.address,
  eventsUri: settings.address,
  streamInitialReconnectDelay: 0.1,
  diagnosticOptOut: true,
  logger,
});

await answer(client, {
  start: () => client.waitForInitialization({ timeout: 10 }).then(() => true, () => false),
  value: ({ flag, context, fallback }) => client.variation(flag, context, fallback),
  flush: () => client.flush(),
});
