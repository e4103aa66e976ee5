// Flat pictures for the demo world, in muted colours.
const svg = (...shapes) => {
  const size = 'width="940" height="400" viewBox="0 0 940 400"'
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size}>${shapes.join('')}</svg>`
}
const box = (x, y, width, height, fill) =>
  `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${fill}"/>`
const shape = (fill, path) => `<path fill="${fill}" d="${path}"/>`
const ground = (fill) => box(0, 0, 940, 400, fill)

const books = (x, colours) =>
  colours.map((fill, n) => box(x + n * 34, 190 + (n % 3) * 24, 26, 150 - (n % 3) * 24, fill))

export const PICTURES = {
  hills: svg(
    ground('#efe9da'),
    '<circle cx="700" cy="110" r="56" fill="#f2cd92"/>',
    shape('#bfd7c6', 'M0 220C220 120 420 260 940 180V400H0Z'),
    shape('#6fa487', 'M0 300C260 210 520 330 940 250V400H0Z'),
    shape('#3c7f61', 'M0 350C260 290 560 390 940 320V400H0Z'),
  ),
  shelves: svg(
    ground('#e7e4da'),
    box(0, 340, 940, 60, '#d3cabb'),
    ...books(130, ['#486a8c', '#486a8c', '#9c5240', '#486a8c']),
    ...books(420, ['#2e7d5b', '#9c5240', '#2e7d5b']),
    ...books(660, ['#c9822b', '#8c6423', '#c9822b', '#486a8c']),
  ),
  bridge: svg(
    ground('#e2e6e2'),
    box(0, 270, 940, 130, '#8fb0ba'),
    shape('#9c5240', 'M120 290C300 150 640 150 820 290L780 300C620 190 320 190 160 300Z'),
  ),
}
