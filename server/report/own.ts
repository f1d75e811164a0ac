/** One's own: what is, or was last, assigned to whoever asks. */
export const ownFilter = (filter: string) => (filter.trim() === '' ? 'assignee:me' : `assignee:me (${filter})`)
