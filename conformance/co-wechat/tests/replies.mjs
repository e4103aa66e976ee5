// Every passive reply that co-wechat can make reaches the person, in every callback mode.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import API from 'co-wechat-api';

import { bytesAt } from '../lib/download.mjs';
import { FILM, JPEG, VOICE } from '../lib/files.mjs';
import { Refused, TOKEN } from '../lib/sandbox.mjs';
import { houses, sandbox } from '../lib/world.mjs';

const MUSIC = {
  title: '高山流水',
  description: '古琴',
  musicUrl: 'https://tea.example/low.mp3',
  hqMusicUrl: 'https://tea.example/high.mp3',
};

const ARTICLE = {
  title: '谷雨',
  description: '采茶的最后一个节气',
  picurl: 'https://tea.example/guyu.png',
  url: 'https://tea.example/guyu?from=bot&n=1',
};

for (const house of houses) {
  const { appid, bot, mode } = house;
  const api = new API(appid, house.account.secret);
  const fact = (name, body) => test(`${name} (${mode})`, body);

  /** A person asks, and the bot answers that. */
  async function ask(answer) {
    const person = await sandbox.createPerson('林夏');
    bot.answer = () => '';
    await person.follow(appid);
    bot.answer = () => answer;
    return person.say(appid, '在吗');
  }

  /** The one message that the person sees of the answer. */
  async function shown(answer) {
    const { deliveries, replies } = await ask(answer);
    assert.deepEqual(deliveries.map(({ status }) => status), ['replied']);
    assert.equal(replies.length, 1);
    assert.equal(replies[0].from, 'account');
    return replies[0];
  }

  const upload = async (kind, content) =>
    (await api.uploadMedia(content, kind, `file.${kind}`, 'application/octet-stream')).media_id;

  fact('a text is shown', async () => {
    const text = '有的。\n  <a href="https://tea.example/?a=1&b=2">茶单</a> & 🍵';
    assert.equal((await shown(text)).content, text);
  });

  fact('a text object is shown', async () => {
    const { type, content } = await shown({ type: 'text', content: '在' });
    assert.deepEqual({ type, content }, { type: 'text', content: '在' });
  });

  fact('an empty answer shows nothing', async () => {
    const { deliveries, replies } = await ask('');
    assert.deepEqual(deliveries.map(({ status }) => status), ['acknowledged']);
    assert.deepEqual(replies, []);
  });

  fact('a picture is shown', async () => {
    const mediaId = await upload('image', JPEG);
    const { type, url } = await shown({ type: 'image', content: { mediaId } });
    assert.equal(type, 'image');
    assert.deepEqual(await bytesAt(url), JPEG);
  });

  fact('a voice is shown', async () => {
    const mediaId = await upload('voice', VOICE);
    const { type, url } = await shown({ type: 'voice', content: { mediaId } });
    assert.equal(type, 'voice');
    assert.deepEqual(await bytesAt(url), VOICE);
  });

  fact('a video is shown', async () => {
    const mediaId = await upload('video', FILM);
    const words = { title: '采茶', description: '清晨的半山' };
    const reply = await shown({ type: 'video', content: { mediaId, ...words } });
    assert.equal(reply.type, 'video');
    assert.deepEqual({ title: reply.title, description: reply.description }, words);
    assert.deepEqual(await bytesAt(reply.url), FILM);
  });

  for (const [form, answer] of [
    ['with its type', { type: 'music', content: MUSIC }],
    ['by its shape', MUSIC],
  ]) {
    fact(`music ${form} is shown without a cover`, async () => {
      const reply = await shown(answer);
      assert.equal(reply.type, 'music');
      assert.equal(reply.title, MUSIC.title);
      assert.equal(reply.description, MUSIC.description);
      assert.equal(reply.musicurl, MUSIC.musicUrl);
      assert.equal(reply.hqmusicurl, MUSIC.hqMusicUrl);
    });
  }

  fact('news are shown', async () => {
    const { type, articles } = await shown([ARTICLE]);
    assert.equal(type, 'news');
    assert.deepEqual(articles, [ARTICLE]);
  });

  fact('ten articles to an event show eight', async () => {
    bot.answer = () => Array.from({ length: 10 }, () => ARTICLE);
    const { replies } = await (await sandbox.createPerson('林夏')).follow(appid);
    assert.deepEqual(replies[0].articles, Array.from({ length: 8 }, () => ARTICLE));
  });

  for (const kfAccount of [undefined, 'test1@test']) {
    fact(`a hand-over to ${kfAccount ?? 'anybody'} at the desk shows nothing`, async () => {
      const { deliveries, replies } = await ask({ type: 'customerService', kfAccount });
      assert.deepEqual(deliveries.map(({ status }) => status), ['replied']);
      assert.deepEqual(replies, []);
    });
  }
}

test('a server that does not know the token is not taken', async () => {
  const { callback } = await sandbox.get(`/accounts/${houses[0].appid}`);
  const foreign = { url: callback.url, token: `${TOKEN}x`, mode: 'plain' };
  await assert.rejects(sandbox.createAccount({ callback: foreign }), (error) => {
    assert.ok(error instanceof Refused);
    assert.deepEqual([error.status, error.code], [422, 'callback_rejected']);
    return true;
  });
});
