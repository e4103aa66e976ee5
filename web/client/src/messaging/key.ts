// Idempotency keys. They begin with the time, so that the newest of an account lie side by side in
// the server's index. `crypto.randomUUID` exists only over HTTPS, and a phone in the same room
// reaches a development instance over plain HTTP.
export function newKey(): string {
  const time = Date.now().toString(16).padStart(12, '0')
  const chance = crypto.getRandomValues(new Uint8Array(10))
  return time + Array.from(chance, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
