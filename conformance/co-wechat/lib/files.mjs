// Small files of each kind that accounts and people exchange, made here byte by byte.

const JPEG_BASE64 =
  '/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////' +
  '////////////////////////////wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAA//EABQQAQAAAAAAAAAA' +
  'AAAAAAAAAAD/2gAIAQEAAD8AR//Z';

/** A picture of one pixel. */
export const JPEG = Buffer.from(JPEG_BASE64, 'base64');

/** Two seconds at 4.75 kbit/s that say nothing; frames of 20 ms. */
export const VOICE = Buffer.concat([
  Buffer.from('#!AMR\n'),
  ...Array.from({ length: 100 }, () => Buffer.concat([Buffer.from([4]), Buffer.alloc(12)])),
]);

/** A film of three seconds without tracks. */
export const FILM = film(3000);

function film(millis) {
  const header = Buffer.alloc(100);
  header.writeUInt32BE(1000, 12);
  header.writeUInt32BE(millis, 16);
  const kind = box('ftyp', Buffer.from('isom\0\0\x02\0isomiso2mp41', 'latin1'));
  const content = box('mdat', Buffer.from('a teahouse at dusk'));
  return Buffer.concat([kind, box('moov', box('mvhd', header)), content]);
}

function box(kind, body) {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + body.length, 0);
  head.write(kind, 4);
  return Buffer.concat([head, body]);
}
