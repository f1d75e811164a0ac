import { speak } from '#web/core/words.ts'

// What is said is known before anything that says it is loaded, so that a word may be asked for anywhere.
await speak()
await import('#web/app.tsx')
