import { addStartingRoles } from '#server/people/people.ts'
import { countAnew } from '#server/report/count-anew.ts'
import { createToken } from '#server/session/session.ts'
import { toRequest, type Endpoint, type Input } from '#shared/core/endpoint.ts'
import { countRecords } from '#shared/records.ts'
import { askAges, askFigures, askOwnFigures, type Every } from '#shared/report.ts'
import { serviceAges, serviceBreakdown, serviceFigures, usual, type About } from '#shared/report/boards.ts'
import { callerOf, type Caller } from './measure.ts'
import { asSystem, withDesk } from './place.ts'

export interface Board {
  readonly name: string
  /** Milliseconds until the last of its questions is answered: when it is first opened, and the median and worst since. */
  readonly first: number
  readonly median: number
  readonly slowest: number
}

const openings = 7

/** How long each board takes to open: all of its questions at once, as a page asks them. */
export async function openBoards(address: string, url: string, say: (line: string) => void): Promise<Board[]> {
  const caller = callerOf(address, await managerToken(url))
  const began = performance.now()
  // What an earlier run left would answer for this one. The rest the desk does every ten minutes by itself.
  await withDesk(url, async (desk) => {
    await asSystem(desk, ({ db }) => db.deleteFrom('figureAnswer').execute())
    await countAnew.run(desk, {})
  })
  say(`Counted ahead: ${Math.round(performance.now() - began)} ms`)
  const boards: Board[] = []
  try {
    for (const [name, paths] of Object.entries(questions())) {
      const times: number[] = []
      for (let turn = 0; turn < openings; turn += 1) times.push(await opening(caller, paths))
      const [first = 0, ...since] = times
      since.sort((a, b) => a - b)
      const board = { name, first, median: since[Math.floor(since.length / 2)] ?? 0, slowest: since.at(-1) ?? 0 }
      boards.push(board)
      say(
        `${name}: first ${first.toFixed(0)} ms, then ${board.median.toFixed(0)} ms, at most ${board.slowest.toFixed(0)} ms`,
      )
    }
  } finally {
    caller.close()
  }
  return boards
}

async function opening(caller: Caller, paths: readonly string[]) {
  const began = performance.now()
  await Promise.all(paths.map((path) => caller.get(path)))
  return performance.now() - began
}

const of = <E extends Endpoint>(asked: E, input: Input<E>) => toRequest(asked, input).url
const count = (filter: string) => of(countRecords, { kind: 'incident', filter })

/** What each page asks when it is opened. */
function questions(): Readonly<Record<string, readonly string[]>> {
  const asOf = new Date(Date.now() - 30 * 86_400_000).toISOString()
  const page = (asked: Partial<About>, every: Every) => {
    const about = { ...usual.about, ...asked }
    return [
      of(askFigures, { ...serviceFigures(about, every), kept: true }),
      of(askAges, { ...serviceAges(about, every), kept: true }),
      of(askFigures, { ...serviceBreakdown(about, usual.by), kept: true }),
    ]
  }
  return {
    'Desk board': [
      count('is:open'),
      count('is:open due>now due<2h'),
      count('is:overdue'),
      count('is:unassigned created<-15m'),
      count('is:open major:true'),
      count('is:waiting'),
      of(askFigures, { period: '1d', kpis: 'backlog', by: 'assignee' }),
      of(askFigures, { period: '1d', kpis: 'backlog', by: 'team' }),
      of(askFigures, { period: '1d', kpis: 'opened,resolved,timeToAcknowledge' }),
      of(askAges, { period: '1d' }),
    ],
    'Service, as it opens': page({}, usual.every),
    'Service, 12 months': page({ period: '12mo' }, 'month'),
    'Service, 12 weeks, of priority 1 and 2': page({ filter: 'priority<=2' }, 'week'),
    'Service, 12 weeks, as of a month ago': page({ asOf }, 'week'),
    'Own, 12 weeks': [
      of(askOwnFigures, {
        kpis: 'resolved,timeToResolve,backlog,reopenRate',
        period: '12w',
        every: 'week',
        compare: true,
        course: 'means',
      }),
    ],
  }
}

function managerToken(url: string) {
  return withDesk(url, (desk) =>
    asSystem(desk, async (ctx) => {
      const roles = await addStartingRoles(ctx)
      const { personId } = await ctx.db
        .selectFrom('member')
        .select('personId')
        .orderBy('personId')
        .executeTakeFirstOrThrow()
      await ctx.db
        .insertInto('personRole')
        .values({ personId, roleId: roles.get('service_manager')! })
        .onConflict((there) => there.doNothing())
        .execute()
      return (await createToken(ctx, personId, { name: 'figures', days: 1 })).token
    }),
  )
}
