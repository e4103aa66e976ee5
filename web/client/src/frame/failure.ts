// The sentence for a call that failed: the server's own, or that nothing came back.
import { ApiError } from '@teahouse/api'
import { useWords } from '@/locale'
import { useToast } from './toast'

export function useFailure() {
  const { t } = useWords()
  const toast = useToast()
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
        toast.say(sentence(error))
        return false
      }
    },
  }
}
