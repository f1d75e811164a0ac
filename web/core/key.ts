/** `crypto.randomUUID` exists only over HTTPS and on localhost; desks are also read over plain HTTP in a LAN. */
export function randomKey() {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID()
  const hex = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join(
    '',
  )
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`
}

/** By what the desk knows this page of the browser, for as long as it is open. */
export const thisPage = randomKey()
