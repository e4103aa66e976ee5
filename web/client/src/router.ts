// The pages and their addresses. On a wide screen a page stands beside its list.
import { createRouter, createWebHistory, type RouteLocationNormalized } from 'vue-router'
import ChatsPage from '@/conversations/ChatsPage.vue'
import ConversationPage from '@/conversations/ConversationPage.vue'
import QuietPage from '@/frame/QuietPage.vue'

// Not needed to read and write; they are fetched when the first page stands.
const AccountsPage = () => import('@/accounts/AccountsPage.vue')
const ProfilePage = () => import('@/accounts/ProfilePage.vue')
const MePage = () => import('@/people/MePage.vue')
const PeoplePage = () => import('@/people/PeoplePage.vue')

export type Tab = 'chats' | 'accounts' | 'me'

declare module 'vue-router' {
  interface RouteMeta {
    /** Absent for pages outside the frame. */
    tab?: Tab
    /** The page has the phone's screen for itself, without tabs. */
    whole?: boolean
  }
}

const account = (route: RouteLocationNormalized) => ({ account: String(route.params.account) })

/** Fetches the other pages, so that they open at once, and without a network too. */
export function fetchPages(): void {
  for (const page of [AccountsPage, ProfilePage, MePage]) page().catch(() => {}) // asked again then
}

export const router = createRouter({
  history: createWebHistory(),
  routes: [
    {
      path: '/',
      name: 'chats',
      meta: { tab: 'chats' },
      components: { list: ChatsPage, default: QuietPage },
    },
    {
      path: '/chats/:account',
      name: 'conversation',
      meta: { tab: 'chats', whole: true },
      components: { list: ChatsPage, default: ConversationPage },
      props: { default: account },
    },
    {
      path: '/accounts',
      name: 'accounts',
      meta: { tab: 'accounts' },
      components: { list: AccountsPage, default: QuietPage },
    },
    {
      path: '/accounts/:account',
      name: 'account',
      meta: { tab: 'accounts', whole: true },
      components: { list: AccountsPage, default: ProfilePage },
      props: { default: account },
    },
    {
      path: '/me',
      name: 'me',
      meta: { tab: 'me' },
      components: { list: MePage, default: QuietPage },
    },
    { path: '/people', name: 'people', component: PeoplePage },
    { path: '/:rest(.*)*', redirect: '/' },
  ],
})
