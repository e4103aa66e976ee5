// Access tokens: got, kept, replaced after 40001 and 42001.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import API from 'co-wechat-api';

import { witness } from '../lib/calls.mjs';
import { account, journal, newApi, sandbox } from '../lib/world.mjs';

const IPS = { ip_list: ['127.0.0.1'] };
const paths = (since) => journal.slice(since).map(({ path }) => path.replace('/cgi-bin/', ''));

test('a token is got once and kept', async () => {
  const api = witness(newApi());
  const since = journal.length;
  const { accessToken } = await api.ensureAccessToken();
  assert.equal((await api.ensureAccessToken()).accessToken, accessToken);
  assert.deepEqual(await api.getIp(), IPS);
  assert.deepEqual(paths(since), ['token', 'getcallbackip']);
});

test('a token lives two hours', async () => {
  const { accessToken, expireTime } = await witness(newApi()).getAccessToken();
  assert.ok(accessToken);
  const secs = (expireTime - Date.now()) / 1000;
  assert.ok(secs > 7180 && secs <= 7190, `the library takes off 10 of ${secs}`);
});

test('an invented token is replaced and the call repeated', async () => {
  const api = newApi();
  await api.saveToken({ accessToken: 'invented', expireTime: Date.now() + 60_000 });
  const since = journal.length;
  assert.deepEqual(await api.getIp(), IPS);
  assert.deepEqual(paths(since), ['getcallbackip', 'token', 'getcallbackip']);
});

test('an expired token is replaced and the call repeated', async () => {
  const api = newApi();
  await api.getAccessToken();
  await sandbox.advance('2h1s');
  const since = journal.length;
  assert.deepEqual(await api.getIp(), IPS);
  assert.deepEqual(paths(since), ['getcallbackip', 'token', 'getcallbackip']);
});

test('a wrong secret is 40125', async () => {
  await assert.rejects(new API(account.appid, '0'.repeat(32)).getIp(), { code: 40125 });
});

test('an unknown appid is 40013', async () => {
  await assert.rejects(new API('wx0000000000000000', account.secret).getIp(), { code: 40013 });
});
