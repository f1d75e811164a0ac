import { text } from '#shared/core/message.ts'
/** The age of what is open, in whole days of 24 hours: from each number of days on. */
export const ages = [
  { from: 0, label: text('0–1 days') },
  { from: 2, label: text('2–5 days') },
  { from: 6, label: text('6–10 days') },
  { from: 11, label: text('11–30 days') },
  { from: 31, label: text('Over 30 days') },
] as const
