// Which part of a conversation is in the page. It slides, so that a conversation of a hundred
// thousand messages costs as much as one of a hundred.

/** Rows `start` up to but without `end`. */
export interface Slice {
  readonly start: number
  readonly end: number
}

/** Rows in the page: several screens above and below. */
export const SIZE = 120

/** By how many rows it slides at once. */
export const STEP = 40

export function latest(count: number): Slice {
  return { start: Math.max(0, count - SIZE), end: count }
}

export function slideUp({ start, end }: Slice): Slice {
  const from = Math.max(0, start - STEP)
  return { start: from, end: Math.min(end, from + SIZE) }
}

export function slideDown({ start, end }: Slice, count: number): Slice {
  const to = Math.min(count, end + STEP)
  return { start: Math.max(start, to - SIZE), end: to }
}

/** The same rows after `added` were put before the first one. */
export function shifted({ start, end }: Slice, added: number): Slice {
  return { start: start + added, end: end + added }
}

/** The same rows in a list that has become shorter. */
export function clamped({ start, end }: Slice, count: number): Slice {
  return end <= count ? { start, end } : latest(count)
}
