import { readFileSync } from 'node:fs'

const common = readFileSync(new URL('./common-words.txt', import.meta.url), 'utf8')
  .split('\n')
  .filter(Boolean)
// The longest first, so that "password" is taken out before "pass".
const words = common.toSorted((a, b) => b.length - a.length)
const letters: Readonly<Record<string, string>> = {
  0: 'o',
  1: 'l',
  3: 'e',
  4: 'a',
  5: 's',
  7: 't',
  '@': 'a',
  $: 's',
  '!': 'i',
}

interface Owner {
  readonly name: string
  readonly email: string
}

/** Why a password would be guessed early, or null: common words and their spellings, runs of keys, one's own name. */
export function weakness(password: string, { name, email }: Owner): string | null {
  const folded = password.toLowerCase()
  if (new Set(folded).size < 5) return 'Use more than a few different characters'
  const own = [...name.toLowerCase().split(/[^\p{L}\p{N}]+/u), ...email.toLowerCase().split(/[^a-z0-9]+/)]
  if (own.some((part) => part.length >= 4 && folded.includes(part))) return 'Leave out your name and e-mail address'
  if (isRun(folded)) return 'Use something other than keys in a row'
  return [folded, spelt(folded)].some(isCommon) ? 'Too many people use that password; choose a rarer one' : null
}

function spelt(password: string) {
  return Array.from(password, (character) => letters[character] ?? character).join('')
}

/** Is there next to nothing left of it without common words, figures and signs? */
function isCommon(password: string) {
  let rest = password.replaceAll(/[^\p{L}]/gu, '')
  const before = rest.length
  for (const word of words) rest = rest.replaceAll(word, '')
  return rest.length < 4 && rest.length < before
}

/** Mostly neighbours: each character the one before it again, or one up or down, as in 112233 or fedcba. */
function isRun(password: string) {
  const steps = Array.from(
    { length: password.length - 1 },
    (_, at) => password.charCodeAt(at + 1) - password.charCodeAt(at),
  )
  return steps.filter((step) => Math.abs(step) <= 1).length > steps.length * 0.7
}
