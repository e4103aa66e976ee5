// The browser's WebSocket in the shape that `LiveLink` wants.
import type { OpenSocket } from './link'

export const openSocket: OpenSocket = (events) => {
  const address = new URL('/api/client/v1/live', location.href)
  address.protocol = address.protocol.replace('http', 'ws')
  const socket = new WebSocket(address)
  socket.onmessage = ({ data }) => events.text(String(data))
  socket.onclose = () => events.closed()
  return () => socket.close()
}
