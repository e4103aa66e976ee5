// A list that is left and come back to is where it was.
import { onActivated, type Ref } from 'vue'

export function useKeptScroll(scroller: Readonly<Ref<HTMLElement | null>>) {
  let top = 0
  onActivated(() => {
    if (scroller.value) scroller.value.scrollTop = top
  })
  return () => {
    top = scroller.value?.scrollTop ?? 0
  }
}
