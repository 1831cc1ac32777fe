// What both programs share: commands come in on standard input, one JSON document a line, and each is answered
// by one line on standard output. The program ends with its input.

import { subscribe } from 'node:diagnostics_channel';
import { createInterface } from 'node:readline';

const requests = [];

// Node itself tells of every request, so nothing of the SDK needs replacing.
subscribe('http.client.request.start', ({ request }) => requests.push(`${request.method} ${request.path}`));

const silent = () => {};
export const logger = { error: silent, warn: silent, info: silent, debug: silent };

export const settings = JSON.parse(process.argv[2]);

export async function answer(client, commands) {
  const known = { ...commands, requests: () => requests, close: () => client.close() };
  for await (const line of createInterface({ input: process.stdin })) {
    const { command, ...given } = JSON.parse(line);
    const result = await known[command](given);
    process.stdout.write(`${JSON.stringify(result ?? null)}\n`);
  }
  process.exit(0);
}
