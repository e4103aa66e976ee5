// Customer-service messages of every type arrive.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { bytesAt } from '../lib/download.mjs';
import { FILM, JPEG, VOICE } from '../lib/files.mjs';
import { account, api, createGuest, sandbox } from '../lib/world.mjs';

async function upload(kind, content) {
  const answer = await api.uploadMedia(content, kind, `file.${kind}`, 'application/octet-stream');
  return answer.media_id ?? answer.thumb_media_id;
}

test('a text arrives word for word', async () => {
  const guest = await createGuest();
  const text = '  水开了。\n<a href="https://tea.example/?a=1&b=2">茶单</a> ]]> 🍵 ';
  assert.deepEqual(await api.sendText(guest.openid, text), { errcode: 0, errmsg: 'ok' });
  const { from, type, content } = await guest.latest();
  assert.deepEqual({ from, type, content }, { from: 'account', type: 'text', content: text });
});

test('a picture arrives', async () => {
  const guest = await createGuest();
  await api.sendImage(guest.openid, await upload('image', JPEG));
  const { type, url } = await guest.latest();
  assert.equal(type, 'image');
  assert.deepEqual(await bytesAt(url), JPEG);
});

test('a voice arrives', async () => {
  const guest = await createGuest();
  await api.sendVoice(guest.openid, await upload('voice', VOICE));
  const { type, url } = await guest.latest();
  assert.equal(type, 'voice');
  assert.deepEqual(await bytesAt(url), VOICE);
});

test('a video arrives with its cover', async () => {
  const guest = await createGuest();
  const cover = await upload('thumb', JPEG);
  await api.sendVideo(guest.openid, await upload('video', FILM), cover);
  const latest = await guest.latest();
  assert.equal(latest.type, 'video');
  assert.deepEqual(await bytesAt(latest.url), FILM);
  assert.deepEqual(await bytesAt(latest.thumb_url), JPEG);
});

test('music arrives', async () => {
  const guest = await createGuest();
  const music = {
    title: '高山流水',
    description: '古琴',
    musicurl: 'https://tea.example/low.mp3',
    hqmusicurl: 'https://tea.example/high.mp3',
  };
  const cover = await upload('thumb', JPEG);
  await api.sendMusic(guest.openid, { ...music, thumb_media_id: cover });
  const { type, title, description, musicurl, hqmusicurl, thumb_url } = await guest.latest();
  assert.equal(type, 'music');
  assert.deepEqual({ title, description, musicurl, hqmusicurl }, music);
  assert.deepEqual(await bytesAt(thumb_url), JPEG);
});

test('news arrive', async () => {
  const guest = await createGuest();
  const article = {
    title: '谷雨',
    description: '采茶的最后一个节气',
    url: 'https://tea.example/guyu?from=bot&n=1',
    picurl: 'https://tea.example/guyu.png',
  };
  await api.sendNews(guest.openid, [article]);
  const { type, articles } = await guest.latest();
  assert.equal(type, 'news');
  assert.deepEqual(articles, [article]);
});

test('an article of the materials arrives', async () => {
  const guest = await createGuest();
  const mediaId = 'x'.repeat(43);
  await api.sendMpNews(guest.openid, mediaId);
  const { type, media_id } = await guest.latest();
  assert.deepEqual({ type, media_id }, { type: 'mpnews', media_id: mediaId });
});

test('a mini-program page arrives', async () => {
  const guest = await createGuest();
  const page = { title: '订座', appid: 'wx0a1b2c3d4e5f6072', pagepath: 'pages/seat?n=2' };
  const picture = await upload('image', JPEG);
  await api.sendMiniProgram(guest.openid, { ...page, thumb_media_id: picture });
  const { type, title, appid, pagepath, thumb_url } = await guest.latest();
  assert.equal(type, 'miniprogrampage');
  assert.deepEqual({ title, appid, pagepath }, page);
  assert.deepEqual(await bytesAt(thumb_url), JPEG);
});

test('a card arrives', async () => {
  const guest = await createGuest();
  const cardId = 'pFS7Fjg8kV1IdDz01r4SQwMkuCKc';
  await api.sendCard(guest.openid, cardId);
  const { type, card_id } = await guest.latest();
  assert.deepEqual({ type, card_id }, { type: 'wxcard', card_id: cardId });
});

test('typing is accepted once', async () => {
  const guest = await createGuest();
  const { accessToken } = await api.ensureAccessToken();
  const url = `${api.prefix}message/custom/typing?access_token=${accessToken}`;
  const ask = (command) => {
    const data = JSON.stringify({ touser: guest.openid, command });
    return api.request(url, { method: 'POST', data });
  };
  assert.deepEqual(await ask('Typing'), { errcode: 0, errmsg: 'ok' });
  await assert.rejects(ask('Typing'), { code: 45081 });
  assert.deepEqual(await ask('CancelTyping'), { errcode: 0, errmsg: 'ok' });
});

test('the sixth message is 45047, and a word opens the next five', async () => {
  const guest = await createGuest();
  await sandbox.advance('1m1s'); // What the follow opened has ended.
  for (const cup of ['一', '二', '三', '四', '五']) {
    await api.sendText(guest.openid, `第${cup}杯`);
  }
  await assert.rejects(api.sendText(guest.openid, '第六杯'), { code: 45047 });
  await guest.person.say(account.appid, '再来一壶');
  await api.sendText(guest.openid, '来了');
  assert.equal((await guest.latest()).content, '来了');
});

test('two days later is 45015', async () => {
  const guest = await createGuest();
  await sandbox.advance('48h1s');
  await assert.rejects(api.sendText(guest.openid, '还在吗'), { code: 45015 });
});
