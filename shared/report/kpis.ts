import { namesOf } from '#shared/access.ts'
import { text } from '#shared/core/message.ts'
import type { Kpi } from '#shared/report/kpi.ts'

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
    label: text('Opened'),
    shape: 'count',
    better: null,
    formula: text('Number of incidents opened'),
    counts: text('Incidents opened in the period, whatever became of them, cancelled ones too.'),
    beware: text('A reopened incident is not opened again.'),
    source: 'history',
  },
  resolved: {
    label: text('Resolved'),
    shape: 'count',
    better: null,
    formula: text('Number of incidents resolved'),
    counts: text(
      'Incidents whose resolution is in the period and still stands. Closed without a resolution counts as one.',
    ),
    beware: text('A resolution that was undone by a reopening no longer counts; the one that follows does.'),
    source: 'history',
  },
  closed: {
    label: text('Closed'),
    shape: 'count',
    better: null,
    formula: text('Number of incidents closed'),
    counts: text('Incidents closed in the period. Cancelled ones are not closed.'),
    beware: text('Most incidents close themselves some days after their resolution: this is not the pace of the work.'),
    source: 'history',
  },
  cancelled: {
    label: text('Cancelled'),
    shape: 'count',
    better: null,
    formula: text('Number of incidents cancelled'),
    counts: text('Incidents cancelled in the period.'),
    beware: text('They are in no other figure but the number opened.'),
    source: 'history',
  },
  majors: {
    label: text('Major incidents'),
    shape: 'count',
    better: 'less',
    formula: text('Number of major incidents opened'),
    counts: text('Incidents opened in the period that are major at the as-of.'),
    beware: text('An incident that was made major later counts where it was opened.'),
    source: 'history',
  },
  backlog: {
    label: text('Backlog'),
    shape: 'level',
    better: 'less',
    formula: text('Number of incidents open at one moment'),
    counts: text(
      'Incidents that are neither resolved, closed nor cancelled at the end of the period. Waiting ones are open.',
    ),
    beware: text('It is the state at a moment, not of a period. In the long run it is the pace times the mean age.'),
    source: 'history',
  },
  unassigned: {
    label: text('Unassigned'),
    shape: 'level',
    better: 'less',
    formula: text('Number of open incidents without an assignee'),
    counts: text('Incidents open at the as-of that nobody in person has.'),
    beware: text('It is known of the as-of alone, not of a past period.'),
    source: 'history',
    momentary: true,
  },
  backlogGrowth: {
    label: text('Backlog growth'),
    shape: 'difference',
    better: 'less',
    formula: text('Opened − resolved'),
    counts: text('The figures “Opened” and “Resolved” of the period.'),
    beware: text('Cancelled and reopened incidents move the backlog too, so it need not move by exactly this.'),
    source: 'history',
  },
  timeToAcknowledge: {
    label: text('Time to acknowledge (MTTA)'),
    shape: 'time',
    better: 'less',
    formula: text('First acknowledgement by a person − opening, elapsed time'),
    counts: text(
      'Incidents first acknowledged in the period: somebody on the staff did anything with them after opening them.',
    ),
    beware: text(
      'Automatic replies and assignments by rules do not count, nor does opening it, nor a caller who writes again. ' +
        'Incidents that nobody has acknowledged yet are not in it: look at the unassigned beside it. Who is on the ' +
        'staff is what they were when it was recorded.',
    ),
    source: 'history',
  },
  timeToResolve: {
    label: text('Time to resolve (MTTR), elapsed'),
    shape: 'time',
    better: 'less',
    formula: text('Resolution − opening, elapsed time, pauses included'),
    counts: text('Incidents whose resolution is in the period and still stands.'),
    beware: text(
      'One of four: elapsed or business time, with or without pauses. A reopened incident counts from its first ' +
        'opening to its last resolution. From opening to closing is another figure, and restoring a service a third.',
    ),
    source: 'history',
  },
  workingTimeToResolve: {
    label: text('Time to resolve (MTTR), elapsed, without pauses'),
    shape: 'time',
    better: 'less',
    formula: text('Resolution − opening − time waiting, elapsed time'),
    counts: text('Incidents whose resolution is in the period and still stands.'),
    beware: text('Waiting for whatever reason is taken off; time spent resolved before a reopening is not.'),
    source: 'history',
  },
  businessTimeToResolve: {
    label: text('Time to resolve (MTTR), business time'),
    shape: 'time',
    better: 'less',
    formula: text('Business time from the start to the end of the clock that promises a resolution, pauses included'),
    counts: text(
      'Clocks of service levels with a resolution as their target that stopped in the period, each by itself.',
    ),
    beware: text(
      'Business time is that of each clock’s own calendar. Incidents to which no resolution was promised have no ' +
        'such clock and are not in it; one with two promises is in it twice.',
    ),
    source: 'clocks',
  },
  workingBusinessTimeToResolve: {
    label: text('Time to resolve (MTTR), business time, without pauses'),
    shape: 'time',
    better: 'less',
    formula: text('Business time for which the clock that promises a resolution ran'),
    counts: text(
      'Clocks of service levels with a resolution as their target that stopped in the period, each by itself.',
    ),
    beware: text('What pauses a clock is what its promise says. It is the time that the promise is held against.'),
    source: 'clocks',
  },
  timeToClose: {
    label: text('Time from opening to closing'),
    shape: 'time',
    better: 'less',
    formula: text('Closing − opening, elapsed time'),
    counts: text('Incidents closed in the period. Cancelled ones are not closed.'),
    beware: text('It holds the days for which a resolved incident waits to be closed: it is not the time to resolve.'),
    source: 'history',
  },
  firstAssignmentResolution: {
    label: text('First-assignment resolution'),
    shape: 'share',
    better: 'more',
    formula: text('Resolved with no change of group ÷ resolved'),
    counts: text('Incidents whose resolution is in the period and still stands.'),
    beware: text(
      'To be given to a first group is no change. To pass from person to person within a group is none either.',
    ),
    source: 'history',
  },
  firstContactResolution: {
    label: text('First-contact resolution (FCR)'),
    shape: 'share',
    better: 'more',
    formula: text('Resolved at first contact ÷ resolved incidents that came in live'),
    counts: text(
      'Of incidents that came by phone, chat or walk-up and are resolved in the period: resolved within 60 minutes ' +
        'by whoever opened them, never handed on, never waiting, never reopened, and no other incident of the same ' +
        'caller and category within 7 days.',
    ),
    beware: text(
      'As far as incidents can tell: contacts that made no incident are not in it. Those of the last days may yet ' +
        'be repeated. It says nothing of a single person, so it is not broken down by people.',
    ),
    source: 'history',
    notByPerson: true,
  },
  reopenRate: {
    label: text('Reopen rate'),
    shape: 'share',
    better: 'less',
    formula: text('Resolved and reopened within the window ÷ resolved'),
    counts: text(
      'Incidents with a resolution in the period, whether it still stands or not, each once; counted where one of ' +
        'these was left again within the window of days.',
    ),
    beware: text('The window is 14 days unless asked otherwise. Those of the last days may yet be reopened.'),
    source: 'history',
  },
  bounceRate: {
    label: text('Bounce rate'),
    shape: 'share',
    better: 'less',
    formula: text('Resolved with a change of group ÷ resolved'),
    counts: text('Incidents whose resolution is in the period and still stands.'),
    beware: text('With first-assignment resolution it makes 100 %.'),
    source: 'history',
  },
  meanHops: {
    label: text('Changes of group'),
    shape: 'mean',
    better: 'less',
    formula: text('Changes of group per resolved incident'),
    counts: text('Incidents whose resolution is in the period and still stands.'),
    beware: text('A few that went round often move the mean: read the 90th percentile beside it.'),
    source: 'history',
  },
  slaCompliance: {
    label: text('SLA compliance'),
    shape: 'share',
    better: 'more',
    formula: text('Completed without breach ÷ (completed + still open and already breached)'),
    counts: text(
      'Clocks of service level agreements that were completed in the period, and those that at its end were still ' +
        'open and already breached. Cancelled clocks are in neither.',
    ),
    beware: text(
      'To leave what is breached open does not hide it. A clock counts, not an incident: one may have two. Targets ' +
        'of different priorities are in one number: break it down by priority.',
    ),
    source: 'clocks',
  },
  slaResponseCompliance: {
    label: text('SLA compliance, response'),
    shape: 'share',
    better: 'more',
    formula: text('Completed without breach ÷ (completed + still open and already breached)'),
    counts: text('As SLA compliance, of the clocks whose target is the response.'),
    beware: text('Whoever answers first and solves late has a good one: read the one of resolutions beside it.'),
    source: 'clocks',
  },
  slaResolutionCompliance: {
    label: text('SLA compliance, resolution'),
    shape: 'share',
    better: 'more',
    formula: text('Completed without breach ÷ (completed + still open and already breached)'),
    counts: text('As SLA compliance, of the clocks whose target is the resolution.'),
    beware: text('Pauses move the due time: many pauses make a good share, and no customer glad.'),
    source: 'clocks',
  },
} as const satisfies Record<string, Kpi>

export type KpiName = keyof typeof kpis
export const kpiNames = namesOf(kpis)
export const kpiNamed = (name: KpiName): Kpi => kpis[name]
