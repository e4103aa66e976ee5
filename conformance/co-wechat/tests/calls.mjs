// Every call that co-wechat-api has: made by the other tests, or refused as not built yet.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { argumentsFor } from '../lib/arguments.mjs';
import { accept, calls, made, named, notBuilt, passed } from '../lib/calls.mjs';
import { callNames } from '../lib/library.mjs';
import { endpointStatuses } from '../lib/teahouse.mjs';
import { journal, newApi } from '../lib/world.mjs';

const UNKNOWN_PATH = 40066;
const API_UNAUTHORIZED = 48001;

const table = endpointStatuses();
const api = newApi();

test('the list names every call of the library', () => {
  assert.deepEqual([...calls.keys()], callNames());
});

for (const { name, status, endpoint, answer } of notBuilt()) {
  test(`${name} is refused`, async () => {
    made.add(name);
    const code = Number(answer) || (status === 'unknown' ? UNKNOWN_PATH : API_UNAUTHORIZED);
    await assert.rejects(api[name](...argumentsFor(name)), { name: 'WeChatAPIError', code });
    const { method, host, path, group } = journal.at(-1);
    assert.equal(`${method} ${host}${path}`, endpoint);
    const statuses = table.get(`${group} ${path}`) ?? ['unknown'];
    assert.ok(statuses.includes(status), 'a call whose endpoint is built has to be tested');
    accept(name);
  });
}

for (const { name } of named('made')) {
  test(`${name} was made`, () => {
    assert.ok(passed.has(name), 'no test that passed made it');
  });
}
