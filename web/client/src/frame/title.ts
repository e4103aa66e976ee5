// The title of the window: the page, then the house.
import { watchEffect } from 'vue'
import { useWords } from '@/locale'

/** `active`: a list that stays alive behind a page does not name the window. */
export function usePageTitle(page: () => string | undefined, active = () => true): void {
  const { t } = useWords()
  watchEffect(() => {
    if (!active()) return
    const name = page()
    document.title = name ? `${name} · ${t('app.name')}` : t('app.name')
  })
}
