// The present minute, so that 今天 becomes 昨天 in a page that stays open.
import { onScopeDispose, readonly, ref } from 'vue'

const MINUTE_MS = 60_000

export function useNow() {
  const now = ref(Date.now())
  const timer = setInterval(() => (now.value = Date.now()), MINUTE_MS)
  onScopeDispose(() => clearInterval(timer))
  return readonly(now)
}
