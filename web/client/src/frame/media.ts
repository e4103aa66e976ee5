// Media queries as refs.
import { onScopeDispose, readonly, ref } from 'vue'

export function useMedia(query: string) {
  const list = matchMedia(query)
  const matches = ref(list.matches)
  const update = () => (matches.value = list.matches)
  list.addEventListener('change', update)
  onScopeDispose(() => list.removeEventListener('change', update))
  return readonly(matches)
}

/** Rail, list and conversation side by side. */
export const useWide = () => useMedia('(min-width: 900px)')

/** Room for the account beside the conversation. */
export const useRoomy = () => useMedia('(min-width: 1280px)')
