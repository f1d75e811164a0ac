/** The age of what is open, in whole days of 24 hours: from each number of days on. */
export const ages = [
  { from: 0, label: '0–1 days' },
  { from: 2, label: '2–5 days' },
  { from: 6, label: '6–10 days' },
  { from: 11, label: '11–30 days' },
  { from: 31, label: 'Over 30 days' },
] as const
