// What lies at an address that the platform gave.

export async function bytesAt(address) {
  const answer = await fetch(address);
  if (!answer.ok) {
    throw new Error(`${address} answers ${answer.status}`);
  }
  return Buffer.from(await answer.arrayBuffer());
}
