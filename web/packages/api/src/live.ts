// What `GET /live` says, one text frame each. Not part of OpenAPI, which knows no sockets.

export type LiveEvent =
  /** The socket is open and signed in. */
  | { kind: 'hello'; person: string }
  /** Ask for messages after your cursor. */
  | { kind: 'chat'; account: string; seq: string }
  /** Read on another device. */
  | { kind: 'read'; account: string; seq: string }
  /** The chat list changed: ask for it again. */
  | { kind: 'chats' }
  | { kind: 'typing'; account: string; on: boolean }
