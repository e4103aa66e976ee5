// The sentence for a call that failed: the server's own, or that nothing came back.
import { ApiError } from '@teahouse/api'
import { Toast } from 'tdesign-mobile-vue'
import { useWords } from '@/locale'

export function useFailure() {
  const { t } = useWords()
  const sentence = (error: unknown) =>
    error instanceof ApiError && error.message ? error.message : t('failed.unreachable')
  return {
    sentence,
    /** Runs what somebody has just asked for, and says so if it fails. */
    async attempt(work: () => Promise<unknown>): Promise<boolean> {
      try {
        await work()
        return true
      } catch (error) {
        Toast({ message: sentence(error), duration: 4_000 })
        return false
      }
    },
  }
}
