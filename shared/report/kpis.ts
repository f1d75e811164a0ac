import { namesOf } from '#shared/access.ts'

/** How a figure is made: what its value, its `count` and its `of` mean. */
export type Shape =
  /** How many records. */
  | 'count'
  /** `count` of `of` records, in percent. */
  | 'share'
  /** A time in milliseconds over `count` records: its mean, median and 90th percentile. */
  | 'time'
  /** A number over `count` records: its mean, median and 90th percentile. */
  | 'mean'
  /** How many more records one count has than another. */
  | 'difference'
  /** How many records there are at one moment: the end of the period, or the as-of where that is earlier. */
  | 'level'

export interface Kpi {
  readonly label: string
  readonly shape: Shape
  /** Which way is better; null where that depends. */
  readonly better: 'less' | 'more' | null
  readonly formula: string
  /** Which records count, and when. */
  readonly counts: string
  /** What is easily taken for it and is not, and what else to know before one acts on it. */
  readonly beware: string
  /** What it is read from. */
  readonly source: 'history' | 'clocks'
  /** It says nothing of a single person's work, so it is not broken down by people. */
  readonly notByPerson?: true
  /** It is known of one moment only, and has no course over a period. */
  readonly momentary?: true
}

/** Days within which a resolution must last, unless a question says otherwise. */
export const reopenWindow = 14
export const firstContactMinutes = 60
export const repeatDays = 7

/**
 * Every figure the desk knows, each defined once: dashboards, exports and the API all read this, and nothing else
 * computes one. A record counts under what it is at the as-of, and only what was recorded by then is known of it.
 */
export const kpis = {
  opened: {
    label: 'Opened',
    shape: 'count',
    better: null,
    formula: 'Number of incidents opened',
    counts: 'Incidents opened in the period, whatever became of them, cancelled ones too.',
    beware: 'A reopened incident is not opened again.',
    source: 'history',
  },
  resolved: {
    label: 'Resolved',
    shape: 'count',
    better: null,
    formula: 'Number of incidents resolved',
    counts: 'Incidents whose resolution is in the period and still stands. Closed without a resolution counts as one.',
    beware: 'A resolution that was undone by a reopening no longer counts; the one that follows does.',
    source: 'history',
  },
  closed: {
    label: 'Closed',
    shape: 'count',
    better: null,
    formula: 'Number of incidents closed',
    counts: 'Incidents closed in the period. Cancelled ones are not closed.',
    beware: 'Most incidents close themselves some days after their resolution: this is not the pace of the work.',
    source: 'history',
  },
  cancelled: {
    label: 'Cancelled',
    shape: 'count',
    better: null,
    formula: 'Number of incidents cancelled',
    counts: 'Incidents cancelled in the period.',
    beware: 'They are in no other figure but the number opened.',
    source: 'history',
  },
  majors: {
    label: 'Major incidents',
    shape: 'count',
    better: 'less',
    formula: 'Number of major incidents opened',
    counts: 'Incidents opened in the period that are major at the as-of.',
    beware: 'An incident that was made major later counts where it was opened.',
    source: 'history',
  },
  backlog: {
    label: 'Backlog',
    shape: 'level',
    better: 'less',
    formula: 'Number of incidents open at one moment',
    counts:
      'Incidents that are neither resolved, closed nor cancelled at the end of the period. Waiting ones are open.',
    beware: 'It is the state at a moment, not of a period. In the long run it is the pace times the mean age.',
    source: 'history',
  },
  unassigned: {
    label: 'Unassigned',
    shape: 'level',
    better: 'less',
    formula: 'Number of open incidents without an assignee',
    counts: 'Incidents open at the as-of that nobody in person has.',
    beware: 'It is known of the as-of alone, not of a past period.',
    source: 'history',
    momentary: true,
  },
  backlogGrowth: {
    label: 'Backlog growth',
    shape: 'difference',
    better: 'less',
    formula: 'Opened − resolved',
    counts: 'The figures “Opened” and “Resolved” of the period.',
    beware: 'Cancelled and reopened incidents move the backlog too, so it need not move by exactly this.',
    source: 'history',
  },
  timeToAcknowledge: {
    label: 'Time to acknowledge (MTTA)',
    shape: 'time',
    better: 'less',
    formula: 'First acknowledgement by a person − opening, elapsed time',
    counts:
      'Incidents first acknowledged in the period: somebody on the staff did anything with them after opening them.',
    beware:
      'Automatic replies and assignments by rules do not count, nor does opening it, nor a caller who writes again. ' +
      'Incidents that nobody has acknowledged yet are not in it: look at the unassigned beside it. Who is on the staff ' +
      'is what they were when it was recorded.',
    source: 'history',
  },
  timeToResolve: {
    label: 'Time to resolve (MTTR), elapsed',
    shape: 'time',
    better: 'less',
    formula: 'Resolution − opening, elapsed time, pauses included',
    counts: 'Incidents whose resolution is in the period and still stands.',
    beware:
      'One of four: elapsed or business time, with or without pauses. A reopened incident counts from its first opening ' +
      'to its last resolution. From opening to closing is another figure, and restoring a service a third.',
    source: 'history',
  },
  workingTimeToResolve: {
    label: 'Time to resolve (MTTR), elapsed, without pauses',
    shape: 'time',
    better: 'less',
    formula: 'Resolution − opening − time waiting, elapsed time',
    counts: 'Incidents whose resolution is in the period and still stands.',
    beware: 'Waiting for whatever reason is taken off; time spent resolved before a reopening is not.',
    source: 'history',
  },
  businessTimeToResolve: {
    label: 'Time to resolve (MTTR), business time',
    shape: 'time',
    better: 'less',
    formula: 'Business time from the start to the end of the clock that promises a resolution, pauses included',
    counts: 'Clocks of service levels with a resolution as their target that stopped in the period, each by itself.',
    beware:
      'Business time is that of each clock’s own calendar. Incidents to which no resolution was promised have no such ' +
      'clock and are not in it; one with two promises is in it twice.',
    source: 'clocks',
  },
  workingBusinessTimeToResolve: {
    label: 'Time to resolve (MTTR), business time, without pauses',
    shape: 'time',
    better: 'less',
    formula: 'Business time for which the clock that promises a resolution ran',
    counts: 'Clocks of service levels with a resolution as their target that stopped in the period, each by itself.',
    beware: 'What pauses a clock is what its promise says. It is the time that the promise is held against.',
    source: 'clocks',
  },
  timeToClose: {
    label: 'Time from opening to closing',
    shape: 'time',
    better: 'less',
    formula: 'Closing − opening, elapsed time',
    counts: 'Incidents closed in the period. Cancelled ones are not closed.',
    beware: 'It holds the days for which a resolved incident waits to be closed: it is not the time to resolve.',
    source: 'history',
  },
  firstAssignmentResolution: {
    label: 'First-assignment resolution',
    shape: 'share',
    better: 'more',
    formula: 'Resolved with no change of group ÷ resolved',
    counts: 'Incidents whose resolution is in the period and still stands.',
    beware: 'To be given to a first group is no change. To pass from person to person within a group is none either.',
    source: 'history',
  },
  firstContactResolution: {
    label: 'First-contact resolution (FCR)',
    shape: 'share',
    better: 'more',
    formula: 'Resolved at first contact ÷ resolved incidents that came in live',
    counts:
      'Of incidents that came by phone, chat or walk-up and are resolved in the period: resolved within ' +
      `${firstContactMinutes} minutes by whoever opened them, never handed on, never waiting, never reopened, and no ` +
      `other incident of the same caller and category within ${repeatDays} days.`,
    beware:
      'As far as incidents can tell: contacts that made no incident are not in it. Those of the last days may yet be ' +
      'repeated. It says nothing of a single person, so it is not broken down by people.',
    source: 'history',
    notByPerson: true,
  },
  reopenRate: {
    label: 'Reopen rate',
    shape: 'share',
    better: 'less',
    formula: 'Resolved and reopened within the window ÷ resolved',
    counts:
      'Incidents with a resolution in the period, whether it still stands or not, each once; counted where one of ' +
      'these was left again within the window of days.',
    beware: `The window is ${reopenWindow} days unless asked otherwise. Those of the last days may yet be reopened.`,
    source: 'history',
  },
  bounceRate: {
    label: 'Bounce rate',
    shape: 'share',
    better: 'less',
    formula: 'Resolved with a change of group ÷ resolved',
    counts: 'Incidents whose resolution is in the period and still stands.',
    beware: 'With first-assignment resolution it makes 100 %.',
    source: 'history',
  },
  meanHops: {
    label: 'Changes of group',
    shape: 'mean',
    better: 'less',
    formula: 'Changes of group per resolved incident',
    counts: 'Incidents whose resolution is in the period and still stands.',
    beware: 'A few that went round often move the mean: read the 90th percentile beside it.',
    source: 'history',
  },
  slaCompliance: {
    label: 'SLA compliance',
    shape: 'share',
    better: 'more',
    formula: 'Completed without breach ÷ (completed + still open and already breached)',
    counts:
      'Clocks of service level agreements that were completed in the period, and those that at its end were still open ' +
      'and already breached. Cancelled clocks are in neither.',
    beware:
      'To leave what is breached open does not hide it. A clock counts, not an incident: one may have two. Targets of ' +
      'different priorities are in one number: break it down by priority.',
    source: 'clocks',
  },
  slaResponseCompliance: {
    label: 'SLA compliance, response',
    shape: 'share',
    better: 'more',
    formula: 'Completed without breach ÷ (completed + still open and already breached)',
    counts: 'As SLA compliance, of the clocks whose target is the response.',
    beware: 'Whoever answers first and solves late has a good one: read the one of resolutions beside it.',
    source: 'clocks',
  },
  slaResolutionCompliance: {
    label: 'SLA compliance, resolution',
    shape: 'share',
    better: 'more',
    formula: 'Completed without breach ÷ (completed + still open and already breached)',
    counts: 'As SLA compliance, of the clocks whose target is the resolution.',
    beware: 'Pauses move the due time: many pauses make a good share, and no customer glad.',
    source: 'clocks',
  },
} as const satisfies Record<string, Kpi>

export type KpiName = keyof typeof kpis
export const kpiNames = namesOf(kpis)
export const kpiNamed = (name: KpiName): Kpi => kpis[name]
