// Tickets for pages, and the signatures that are made of them.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';

import { witness } from '../lib/calls.mjs';
import { account, journal, newApi } from '../lib/world.mjs';

const sha1 = (text) => createHash('sha1').update(text).digest('hex');

test('a ticket stays the same while it lives', async () => {
  const api = witness(newApi());
  const { ticket } = await api.getTicket('jsapi');
  assert.ok(ticket);
  assert.equal((await api.getTicket('jsapi')).ticket, ticket);
});

test('a ticket is kept', async () => {
  const api = witness(newApi());
  const { ticket } = await api.getLatestTicket();
  const since = journal.length;
  assert.equal((await api.ensureTicket('jsapi')).ticket, ticket);
  assert.equal(journal.length, since);
});

test('a page is signed with the ticket', async () => {
  const api = witness(newApi());
  const url = 'https://tea.example/menu?table=7';
  const config = await api.getJsConfig({ debug: false, jsApiList: ['chooseImage'], url });
  const { ticket } = await api.getLatestTicket();
  const { nonceStr, timestamp } = config;
  const signed = `jsapi_ticket=${ticket}&noncestr=${nonceStr}&timestamp=${timestamp}&url=${url}`;
  assert.equal(config.appId, account.appid);
  assert.equal(config.signature, sha1(signed));
});

test('a card is signed with the ticket for cards', async () => {
  const api = witness(newApi());
  const card = { card_id: 'pFS7Fjg8kV1IdDz01r4SQwMkuCKc', code: '1234', openid: '', balance: '' };
  const { signature, timestamp } = await api.getCardExt(card);
  const { ticket } = await api.ensureTicket('wx_card');
  assert.notEqual(ticket, (await api.getLatestTicket()).ticket);
  const parts = [ticket, card.card_id, timestamp, card.code, '', ''].sort();
  assert.equal(signature, sha1(parts.join('')));
});
