// What the pages may use: the calls, their errors, and the nouns of the contract.
import type { components } from './schema.ts'

export { createApi } from './client.ts'
export type { Api, MessagesQuery } from './client.ts'
export { ApiError, Unreachable } from './error.ts'

type Schemas = components['schemas']

export type Account = Schemas['Account']
export type Article = Schemas['Article']
export type Chat = Schemas['Chat']
export type LiveEvent = Schemas['LiveEvent']
export type Message = Schemas['Message']
export type MessagesPage = Schemas['MessagesPage']
export type NewMessage = Schemas['NewMessage']
export type Person = Schemas['Person']
export type Session = Schemas['Session']

/** A message of one type: `MessageOf<'news'>` has `articles`. */
export type MessageOf<T extends Message['type']> = Extract<Message, { type: T }>
