// What the pages may use: the calls, their errors, and the nouns of the contract. The nouns are
// told by the calls that answer them, so that they do not hang on how the document names a schema.
import type { operations } from './schema.ts'

export { createApi } from './client.ts'
export type { Api, MessagesQuery } from './client.ts'
export { ApiError, Unreachable } from './error.ts'
export type { LiveEvent } from './live.ts'

type Json<T> = T extends { content: { 'application/json': infer Body } } ? Body : never
type Reply<T extends keyof operations> = operations[T] extends { responses: { 200: infer Answer } }
  ? Json<Answer>
  : never

export type Session = Reply<'getSession'>
export type Person = Reply<'listPeople'>['people'][number]
export type Chat = Reply<'listChats'>['chats'][number]
export type Account = Chat['account']
export type MessagesPage = Reply<'listMessages'>
export type Message = MessagesPage['messages'][number]
export type NewMessage = Json<operations['sendMessage']['requestBody']>

/** A message of one type: `MessageOf<'news'>` has `articles`. */
export type MessageOf<T extends Message['type']> = Extract<Message, { type: T }>

export type Article = MessageOf<'news'>['articles'][number]
