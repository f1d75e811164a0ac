export { asCsv } from './csv.ts'
export { getRecord } from './get.ts'
export {
  askedOf,
  conditionOf,
  countRecords,
  idsMatching,
  listRecords,
  readFilter,
  recordPages,
  whichMatch,
} from './list.ts'
