// Slides the slice of a conversation as one scrolls, and follows the latest message.
import { computed, nextTick, onScopeDispose, type Ref, ref, shallowRef, watch } from 'vue'
import { entryOf, entryOfOutgoing } from '@/messaging/talk'
import type { Outgoing } from '@/messaging/outbox'
import { rowsOf } from './rows'
import { below, keepingPlace } from './scroll-place'
import { clamped, latest, shifted, slideDown, slideUp } from './slice'
import type { Timeline } from './timeline'

/** Pixels from an end at which more rows are brought in. */
const AHEAD = 800
/** So close to the end one is still reading the latest. */
const AT_END = 60

export interface SliceSource {
  timeline: Timeline
  pending: Ref<readonly Outgoing[]>
  readSeq: Ref<number | undefined>
  scroller: Readonly<Ref<HTMLElement | null>>
}

export function useSlice({ timeline, pending, readSeq, scroller }: SliceSource) {
  const count = computed(() => timeline.messages.value.length + pending.value.length)
  const slice = shallowRef(latest(count.value))
  /** Whether new messages are scrolled to. */
  const following = ref(true)
  /** Messages that came while one was reading further up. */
  const newer = ref(0)
  let moving = false

  const entryAt = (index: number) => {
    const message = timeline.messages.value[index]
    if (message) return entryOf(message)
    const outgoing = pending.value[index - timeline.messages.value.length]
    return outgoing && entryOfOutgoing(outgoing)
  }
  const rows = computed(() => {
    const { start, end } = slice.value
    const entries = []
    for (let index = start; index < end; index += 1) entries.push(entryAt(index))
    const present = entries.filter((entry) => entry !== undefined)
    return rowsOf(present, start > 0 ? entryAt(start - 1) : undefined, readSeq.value)
  })

  // Before the next render, so that the slice never shows rows of another place.
  watch(timeline.prepended, (now, before) => {
    slice.value = shifted(slice.value, now - before)
  }, { flush: 'sync' })
  watch(timeline.epoch, toLatest)
  watch(count, (now, before) => {
    if (following.value) return toLatest()
    slice.value = clamped(slice.value, now)
    newer.value += Math.max(0, now - before)
  })
  watch(timeline.prepended, (now, before) => {
    newer.value = Math.max(0, newer.value - (now - before))
  })

  function toLatest(): void {
    following.value = true
    newer.value = 0
    slice.value = latest(count.value)
    void nextTick(toEnd)
  }

  function toEnd(): void {
    if (scroller.value) scroller.value.scrollTop = scroller.value.scrollHeight
  }

  async function scrolled(): Promise<void> {
    const element = scroller.value
    if (!element) return
    following.value = slice.value.end === count.value && below(element) < AT_END
    if (following.value) newer.value = 0
    if (moving) return
    moving = true
    try {
      if (element.scrollTop < AHEAD) await goUp(element)
      else if (below(element) < AHEAD) await goDown(element)
    } catch {
      // Without network the next scroll tries again; the bar says why nothing comes.
    } finally {
      moving = false
    }
  }

  async function goUp(element: HTMLElement): Promise<void> {
    if (slice.value.start === 0) {
      if (!timeline.hasOlder) return
      await timeline.loadOlder()
    }
    await keepingPlace(element, () => (slice.value = slideUp(slice.value)))
  }

  async function goDown(element: HTMLElement): Promise<void> {
    if (slice.value.end >= count.value) return
    await keepingPlace(element, () => (slice.value = slideDown(slice.value, count.value)))
  }

  /** Pictures that load and keyboards that open must not push the latest out of sight. */
  const observer = new ResizeObserver(() => following.value && toEnd())
  watch(scroller, (element) => {
    observer.disconnect()
    if (!element) return
    observer.observe(element)
    if (element.firstElementChild) observer.observe(element.firstElementChild)
    toEnd()
  }, { flush: 'post' })
  onScopeDispose(() => observer.disconnect())

  return { rows, slice, following, newer, scrolled, toLatest }
}
