// The vendor's SDK for desktop programs: it asks for the values of one context, and again after each ping.

import LaunchDarkly from 'launchdarkly-node-client-sdk';

import { answer, logger, settings } from './program.mjs';

const client = LaunchDarkly.initialize(settings.key, settings.context, {
  baseUrl: settings.address,
  streamUrl: settings.address,
  eventsUrl: settings.address,
  streaming: true,
  streamReconnectDelay: 100,
  diagnosticOptOut: true,
  localStoragePath: settings.folder,
  logger,
});

await answer(client, {
  start: () => client.waitForInitialization(10).then(() => true, () => false),
  value: ({ flag, fallback }) => client.variation(flag, fallback),
  flush: () => client.flush(),
});
