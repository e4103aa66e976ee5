// A live Teahouse: the binary as a process of its own, on a fresh store.

import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const FIRST_LINE = 'listening on ';

/** Starts `teahouse dev`; SQLite, or PostgreSQL if TEAHOUSE_DATABASE names one. */
export async function start() {
  const data = mkdtempSync(join(tmpdir(), 'teahouse-conformance-'));
  const database = process.env.TEAHOUSE_DATABASE;
  const store = database ? ['--database', database, '--data', data] : ['--memory'];
  const flags = ['dev', '--empty', '--listen', '127.0.0.1:0', ...store];
  const child = spawn(binary(), flags, { cwd: data, stdio: ['ignore', 'pipe', 'inherit'] });
  process.once('exit', () => child.kill());
  const lines = createInterface({ input: child.stdout });
  const [line] = await Promise.race([once(lines, 'line'), once(child, 'exit')]);
  if (!String(line).startsWith(FIRST_LINE)) {
    throw new Error(`teahouse did not start: ${line}`);
  }
  return { url: line.slice(FIRST_LINE.length), stop: () => stop(child, data) };
}

/** Ends it as an operator would, and expects it to end well. */
async function stop(child, data) {
  child.kill('SIGTERM');
  const [status] = await once(child, 'exit');
  rmSync(data, { recursive: true });
  if (status !== 0) {
    throw new Error(`teahouse ended with status ${status}`);
  }
}

/** The statuses in the endpoint table, by host group and path. */
export function endpointStatuses() {
  const statuses = new Map();
  for (const { host, path, status } of JSON.parse(
    execFileSync(binary(), ['endpoints', '--json'], { maxBuffer: 16 << 20 }),
  )) {
    const key = `${host} ${path}`;
    statuses.set(key, [...(statuses.get(key) ?? []), status]);
  }
  return statuses;
}

function binary() {
  return process.env.TEAHOUSE_BIN;
}
