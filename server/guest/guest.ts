export { guestWith } from './actor.ts'
export { guestLinkTo, makeGuestLink } from './links.ts'
