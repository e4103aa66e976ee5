// Messages with what stands between them: times, and where the unread ones begin.
import { isOtherDay } from '@/locale/times'
import type { Entry } from '@/messaging/talk'

export interface Row {
  entry: Entry
  /** The time is said above it. */
  timed: boolean
  /** The first one that had not been read when the conversation was opened. */
  firstUnread: boolean
}

/** A silence after which the time is said again. */
const SILENCE_MS = 15 * 60_000

/** `before` is the entry above the first; `readSeq` the number up to which all had been read. */
export function rowsOf(
  entries: readonly Entry[],
  before: Entry | undefined,
  readSeq: number | undefined,
): Row[] {
  let previous = before
  return entries.map((entry) => {
    const row = {
      entry,
      timed: !previous || isApart(previous.at, entry.at),
      firstUnread: isUnread(entry, readSeq) && !(previous && isUnread(previous, readSeq)),
    }
    previous = entry
    return row
  })
}

function isApart(earlier: number, later: number): boolean {
  return later - earlier > SILENCE_MS || isOtherDay(earlier, later)
}

function isUnread({ message }: Entry, readSeq: number | undefined): boolean {
  return readSeq !== undefined && message !== undefined && Number(message.seq) > readSeq
}
