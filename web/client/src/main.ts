import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import { i18n } from './locale'
import { fetchPages, router } from './router'
import './theme/tokens.css'
import './theme/base.css'

createApp(App).use(createPinia()).use(i18n).use(router).mount('#app')

void router.isReady().then(() => setTimeout(fetchPages, 1_000))

// A page that was open while the server got a newer version asks for files that are gone.
addEventListener('vite:preloadError', () => {
  if (navigator.onLine) location.reload()
})
