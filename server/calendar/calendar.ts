export { bookOf, hoursFor, revisionOf, type Book } from './book.ts'
export { afterBusinessTime, businessTime, isOpen, nextOpening, onBusinessDay, type Hours } from './business.ts'
export { alwaysOpen, hoursOf, inZone, timeOf } from './hours.ts'
