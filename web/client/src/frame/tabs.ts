// The three places of the client, for the tab bar and the rail.
import {
  ChatFilledIcon,
  ChatIcon,
  UserCircleFilledIcon,
  UserCircleIcon,
  UserListFilledIcon,
  UserListIcon,
} from 'tdesign-icons-vue-next'
import type { Component } from 'vue'
import type { Tab } from '@/router'

interface TabEntry {
  name: Tab
  icon: Component
  /** When it is the selected one. */
  filled: Component
}

export const TABS: TabEntry[] = [
  { name: 'chats', icon: ChatIcon, filled: ChatFilledIcon },
  { name: 'accounts', icon: UserListIcon, filled: UserListFilledIcon },
  { name: 'me', icon: UserCircleIcon, filled: UserCircleFilledIcon },
]
