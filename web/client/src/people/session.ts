// Who is signed in.
import { ApiError, type Person, type Session } from '@teahouse/api'
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { api, onSignedOut } from '@/api'
import { languageOf, serverLanguage } from '@/locale'
import { usePreferences } from '@/theme/preferences'

export const useSession = defineStore('session', () => {
  const preferences = usePreferences()
  const session = shallowRef<Session>()
  const person = computed(() => session.value?.person ?? null)

  async function load(): Promise<void> {
    const first = !session.value
    session.value = await api.session()
    if (first && person.value) preferences.language = languageOf(person.value.language)
  }

  /** Keeps the language that is chosen here: somebody reads this page in it. */
  async function become(id: string): Promise<void> {
    enter((await api.signIn(id)).person)
    await speak()
  }

  async function create(nickname: string): Promise<void> {
    const language = serverLanguage(preferences.language)
    enter((await api.createPerson({ nickname, language })).person)
  }

  async function leave(): Promise<void> {
    await api.signOut().catch((error: unknown) => {
      if (!(error instanceof ApiError)) throw error // signed out already is signed out
    })
    forget()
  }

  async function rename(nickname: string): Promise<void> {
    enter((await api.updateMe({ nickname })).person)
  }

  /** Tells the server in which language it should answer. */
  async function speak(): Promise<void> {
    const language = serverLanguage(preferences.language)
    if (!person.value || person.value.language === language) return
    enter((await api.updateMe({ language })).person)
  }

  function enter(next: Person): void {
    if (session.value) session.value = { ...session.value, person: next }
  }

  function forget(): void {
    if (session.value) session.value = { ...session.value, person: null }
  }

  onSignedOut(forget)
  return { session, person, load, become, create, leave, rename, speak }
})
