// Every message and event that a person causes reaches the bot, in every callback mode.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import API from 'co-wechat-api';

import { FILM, JPEG, VOICE } from '../lib/files.mjs';
import { bytesAt } from '../lib/download.mjs';
import { houses, sandbox } from '../lib/world.mjs';

for (const house of houses) {
  const { appid, bot, mode } = house;
  const api = new API(appid, house.account.secret);

  /** A new follower. The bot forgets that she came. */
  async function visitor() {
    const person = await sandbox.createPerson('林夏');
    bot.answer = () => '';
    const { openid } = await person.follow(appid);
    bot.received = [];
    return { person, openid };
  }

  /** What the bot received of a message, its frame already checked. */
  async function send({ file, ...fields }) {
    const { person, openid } = await visitor();
    if (file) {
      fields.media_id = await person.upload(fields.type, file);
    }
    const sent = await person.send(appid, fields);
    assert.deepEqual(sent.deliveries.map(({ status }) => status), ['acknowledged']);
    assert.equal(bot.received.length, 1);
    const [message] = bot.received;
    assert.equal(message.MsgType, fields.type);
    assert.equal(message.MsgId, String(sent.msg_id));
    assert.equal(message.FromUserName, openid);
    assert.equal(message.ToUserName, house.account.username);
    return message;
  }

  const fact = (name, body) => test(`${name} (${mode})`, body);

  fact('text arrives word for word', async () => {
    const content = '“清明”前的龙井？<a href="x">&amp;</a> ]]> \n第二行 🍵';
    assert.equal((await send({ type: 'text', content })).Content, content);
  });

  fact('a picture arrives byte for byte', async () => {
    const { MediaId, PicUrl } = await send({ type: 'image', file: JPEG });
    assert.deepEqual(await api.getMedia(MediaId), JPEG);
    assert.deepEqual(await bytesAt(PicUrl), JPEG);
  });

  fact('a voice arrives byte for byte', async () => {
    const { MediaId, Format } = await send({ type: 'voice', file: VOICE });
    assert.equal(Format, 'amr');
    assert.deepEqual(await api.getMedia(MediaId), VOICE);
  });

  for (const type of ['video', 'shortvideo']) {
    fact(`a ${type} arrives byte for byte with a cover`, async () => {
      const { MediaId, ThumbMediaId } = await send({ type, file: FILM });
      assert.deepEqual(await bytesAt((await api.getMedia(MediaId)).video_url), FILM);
      assert.deepEqual([...(await api.getMedia(ThumbMediaId)).subarray(0, 2)], [0xff, 0xd8]);
    });
  }

  fact('a place arrives with six decimals', async () => {
    const place = { latitude: 31.237238, longitude: 121.666672, scale: 15, label: '上丰路 8 号' };
    const message = await send({ type: 'location', ...place });
    assert.equal(message.Location_X, '31.237238');
    assert.equal(message.Location_Y, '121.666672');
    assert.equal(message.Scale, '15');
    assert.equal(message.Label, '上丰路 8 号');
  });

  fact('a link arrives', async () => {
    const link = { title: '茶经', description: '卷上', url: 'https://tea.example/?a=1&b=2' };
    const { Title, Description, Url } = await send({ type: 'link', ...link });
    assert.deepEqual({ title: Title, description: Description, url: Url }, link);
  });

  fact('a follower is announced', async () => {
    bot.received = [];
    const { openid } = await (await sandbox.createPerson('林夏')).follow(appid);
    const [event] = bot.received;
    assert.equal(event.MsgType, 'event');
    assert.equal(event.Event, 'subscribe');
    assert.equal(event.EventKey, '');
    assert.equal(event.FromUserName, openid);
  });

  fact('a follower by a code is announced with its scene', async () => {
    bot.received = [];
    await (await sandbox.createPerson('林夏')).follow(appid, { scan: 'shelf_7' });
    assert.equal(bot.received[0].EventKey, 'qrscene_shelf_7');
  });

  fact('a leaver is announced', async () => {
    const { person, openid } = await visitor();
    await person.unfollow(appid);
    const [event] = bot.received;
    assert.equal(event.Event, 'unsubscribe');
    assert.equal(event.FromUserName, openid);
  });

  fact('a reported place is announced', async () => {
    const { person, openid } = await visitor();
    const place = { latitude: 31.267813, longitude: 121.598755, precision: 30 };
    await person.locate(appid, place);
    const [event] = bot.received;
    assert.equal(event.Event, 'LOCATION');
    assert.equal(event.FromUserName, openid);
    assert.equal(event.Latitude, '31.267813');
    assert.equal(event.Longitude, '121.598755');
    assert.equal(event.Precision, '30.000000');
  });
}
