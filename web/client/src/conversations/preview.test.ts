import { describe, expect, it } from 'vitest'
import { i18n } from '@/locale'
import { previewOf, typeName } from './preview'

const t = (key: string, values?: Record<string, unknown>) => i18n.global.t(key, values ?? {})
const sent_at = '2026-11-24T10:00:00Z'

describe('the preview of a chat', () => {
  it('is the text, with a word on who said it', () => {
    const last = { type: 'text', from: 'person' as const, preview: '明天几点换水？', sent_at }
    expect(previewOf(last, t)).toBe('你：明天几点换水？')
  })

  it('names what is not a text', () => {
    const last = { type: 'image', from: 'account' as const, preview: '', sent_at }
    expect(previewOf(last, t)).toBe('[图片]')
    expect(previewOf({ ...last, type: 'news', preview: '新书单' }, t)).toBe('[图文] 新书单')
  })

  it('is one line without mark-up', () => {
    const preview = '看\n<a href="x">这里</a>'
    const last = { type: 'text', from: 'account' as const, preview, sent_at }
    expect(previewOf(last, t)).toBe('看 这里')
  })
})

it('a type of a newer server has a name too', () => {
  expect(typeName('hologram', t)).toBe('其他消息')
})
