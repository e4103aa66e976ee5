// Idempotency keys. `crypto.randomUUID` exists only over HTTPS, and a phone in the same room
// reaches a development instance over plain HTTP.
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
