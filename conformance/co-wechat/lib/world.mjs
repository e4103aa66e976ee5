// What the tests share: a Teahouse, its sandbox, an account in each callback mode with a bot
// behind it, an account for the calls of the API, and somebody who talks to it.

import { createRequire } from 'node:module';
import { once } from 'node:events';
import { after, afterEach } from 'node:test';

import API from 'co-wechat-api';
import wechat from 'co-wechat';
import Koa from 'koa';

import { endTest, summary, witness } from './calls.mjs';
import { MODES, Sandbox, TOKEN } from './sandbox.mjs';
import { start } from './teahouse.mjs';

const hosts = createRequire(import.meta.url)('./hosts.cjs');

const teahouse = await start();
hosts.route(teahouse.url);

export const { journal } = hosts;
export const sandbox = new Sandbox(teahouse.url);
export const houses = await Promise.all(MODES.map(open));
export const account = await sandbox.createAccount();

/** The API with a token of its own, to be witnessed. */
export const newApi = () => new API(account.appid, account.secret);
export const api = witness(newApi());

/** Somebody who wrote just now, so that the account may write to her. */
export async function createGuest() {
  const person = await sandbox.createPerson('陆羽');
  const { openid } = await person.follow(account.appid);
  await person.say(account.appid, '你好');
  return { person, openid, latest: () => person.latest(account.appid) };
}

/** An account, and a bot behind it that keeps what it received. */
async function open(mode) {
  const bot = { received: [], answer: () => '' };
  const handle = async (message) => {
    bot.received.push(message);
    return bot.answer(message);
  };
  // The keys are known when the account is made, which needs a server that knows the token.
  let middleware = wechat(TOKEN).middleware(handle);
  const server = new Koa().use((ctx, next) => middleware(ctx, next)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const callback = { url: `http://127.0.0.1:${server.address().port}/wx`, token: TOKEN, mode };
  const made = await sandbox.createAccount({ callback, report_location: true });
  const keys = { token: TOKEN, appid: made.appid, encodingAESKey: made.encoding_aes_key };
  middleware = wechat(keys).middleware(handle);
  return { mode, bot, server, account: made, appid: made.appid };
}

afterEach(({ passed }) => endTest(passed));

after(async () => {
  for (const { server } of houses) {
    server.close();
    server.closeAllConnections();
  }
  hosts.agent.destroy();
  console.log(summary());
  await teahouse.stop();
});
