import { createHash } from 'node:crypto'

/** Whether a record is in a survey's share. It is drawn by their ids alone: asked again, it comes out the same. */
export function isDrawn(surveyId: string, itemId: string, share: number) {
  const drawn = createHash('sha256').update(`${surveyId} ${itemId}`).digest().readUInt32BE(0)
  return drawn / 2 ** 32 < share / 100
}
