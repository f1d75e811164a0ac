// Its own name begins as those of hooks do, which it is none of.
export { useLink as spendLink } from '#shared/session.ts'
