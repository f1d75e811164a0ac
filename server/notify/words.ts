/** What a letter can tell of. */
export interface News {
  readonly personId: string
  readonly name: string
  readonly email: string
  readonly desk: string
  readonly number: string
  readonly title: string
  readonly state: string
  readonly confidential: boolean
  readonly resolutionNotes: string | null
  readonly body: string | null
  readonly author: string | null
}

type Event = 'incident.opened' | 'item.commented' | 'incident.resolved' | 'incident.cancelled'

/** The title is somebody's own text, and stands in no subject. Of what is restricted a letter says nothing more. */
export function wordsOf(event: Event, news: News) {
  const { number, title, confidential } = news
  const { subject, line, more } = letters[event](news)
  const about = confidential ? number : `${number}, “${title}”`
  return { subject: `${number}: ${subject}`, text: [`${line} ${about}.`, ...(confidential ? [] : more)].join('\n\n') }
}

interface Letter {
  readonly subject: string
  readonly line: string
  readonly more: readonly string[]
}

const letters: Readonly<Record<Event, (news: News) => Letter>> = {
  'incident.opened': () => ({ subject: 'we have your report', line: 'we have your report:', more: [] }),
  'item.commented': ({ author, body }) => ({
    subject: 'we have written to you',
    line: `${author ?? 'the desk'} has written to you about`,
    more: body === null ? [] : [body],
  }),
  'incident.resolved': ({ resolutionNotes }) => ({
    subject: 'solved – is it right?',
    line: 'we think that we have solved',
    more: [...(resolutionNotes === null ? [] : [resolutionNotes]), 'If it is not right, say so by the link below.'],
  }),
  'incident.cancelled': () => ({ subject: 'cancelled', line: 'we have cancelled', more: [] }),
}
