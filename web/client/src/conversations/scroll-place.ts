// Keeps what is seen in its place while rows come and go above it. Safari has no scroll anchoring,
// so nobody's is used.
import { nextTick } from 'vue'

/** Rows carry `data-row`. */
export async function keepingPlace(scroller: HTMLElement, change: () => void): Promise<void> {
  const anchor = firstSeen(scroller)
  const before = anchor?.getBoundingClientRect().top
  change()
  await nextTick()
  if (!anchor?.isConnected || before === undefined) return
  scroller.scrollTop += anchor.getBoundingClientRect().top - before
}

function firstSeen(scroller: HTMLElement): HTMLElement | undefined {
  const { top } = scroller.getBoundingClientRect()
  const rows = scroller.querySelectorAll<HTMLElement>('[data-row]')
  return [...rows].find((row) => row.getBoundingClientRect().bottom > top)
}

/** How far the end lies below what is seen. */
export function below({ scrollHeight, scrollTop, clientHeight }: HTMLElement): number {
  return scrollHeight - scrollTop - clientHeight
}
