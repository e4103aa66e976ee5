import { expect, it } from 'vitest'
import { refusalOf } from './pictures'

it('takes what the server takes', () => {
  for (const type of ['image/jpeg', 'image/png', 'image/gif', 'image/bmp']) {
    expect(refusalOf({ type, size: 10 * 1024 * 1024 })).toBeUndefined()
  }
})

it('refuses other files, and more than 10 MB', () => {
  expect(refusalOf({ type: 'image/svg+xml', size: 1 })).toBe('notPicture')
  expect(refusalOf({ type: '', size: 1 })).toBe('notPicture')
  expect(refusalOf({ type: 'image/png', size: 10 * 1024 * 1024 + 1 })).toBe('tooLarge')
})
