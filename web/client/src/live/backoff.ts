// How long to wait before trying again.

const FIRST_MS = 1_000

/** Half a minute: long enough for a server under load, short enough for somebody who waits. */
const LONGEST_MS = 30_000

/**
 * Doubles with each failure. `chance` is in [0, 1) and takes up to half away, so that a thousand
 * clients that lost the server together do not come back together.
 */
export function backoffMs(failures: number, chance: number): number {
  const full = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.max(0, failures - 1))
  return Math.round(full * (1 - chance / 2))
}
