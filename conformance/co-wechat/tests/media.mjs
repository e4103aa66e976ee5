// Temporary media: what was uploaded comes back byte for byte.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';

import { bytesAt } from '../lib/download.mjs';
import { FILM, JPEG, VOICE } from '../lib/files.mjs';
import { api } from '../lib/world.mjs';

const CONTENT = { Image: JPEG, Thumb: JPEG, Voice: VOICE, Video: FILM };

const folder = mkdtempSync(join(tmpdir(), 'teahouse-conformance-media-'));
after(() => rmSync(folder, { recursive: true }));

/** A file of that content, named in Chinese. */
function fileOf(content) {
  const path = join(folder, '新茶');
  writeFileSync(path, content);
  return path;
}

/** What the account downloads of an upload; a film by its address. */
async function download(uploaded) {
  const answer = await api.getMedia(uploaded.media_id ?? uploaded.thumb_media_id);
  return Buffer.isBuffer(answer) ? answer : bytesAt(answer.video_url);
}

for (const [kind, content] of Object.entries(CONTENT)) {
  const type = kind.toLowerCase();

  test(`a buffer comes back byte for byte: ${type}`, async () => {
    const uploaded = await api.uploadMedia(content, type, '新茶', 'application/octet-stream');
    assert.equal(uploaded.type, type);
    assert.deepEqual(await download(uploaded), content);
  });

  test(`a file comes back byte for byte: ${type}`, async () => {
    const uploaded = await api[`upload${kind}Media`](fileOf(content));
    assert.equal(uploaded.type, type);
    assert.deepEqual(await download(uploaded), content);
  });
}

// The older name of the fourth, `uploadImage`, is another call by now.
for (const kind of ['Thumb', 'Voice', 'Video']) {
  test(`a file comes back byte for byte by the older call: ${kind}`, async () => {
    const content = CONTENT[kind];
    assert.deepEqual(await download(await api[`upload${kind}`](fileOf(content))), content);
  });
}

test('a picture of an article is for everybody', async () => {
  const { url } = await api.uploadImage(fileOf(JPEG));
  assert.deepEqual(await bytesAt(url), JPEG);
});

test('an unknown media_id is 40007', async () => {
  await assert.rejects(api.getMedia('x'.repeat(64)), { code: 40007 });
});
