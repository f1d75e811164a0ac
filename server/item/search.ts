import { sql, type Expression, type SqlBool } from 'kysely'
import { type Args, type Ctx } from '#server/core/desk.ts'
import { meanwhile } from '#server/core/meanwhile.ts'
import { within } from '#server/core/reactions.ts'
import { authorRef } from '#server/people/people.ts'
import type { KindName } from '#shared/kinds.ts'
import type { search as searchEndpoint } from '#shared/item/search.ts'
import { wordsLike } from './words.ts'

const wordsIn = (text: string) => text.match(/[\p{L}\p{N}]+/gu)?.slice(0, 20) ?? []

/** A question to the index of words, as `to_tsquery` reads it; null when there is no word in it. */
type Question = string | null

/** Every word, the start of one enough. */
const everyWord = (text: string): Question =>
  wordsIn(text)
    .map((word) => `${word}:*`)
    .join(' & ') || null

/** Every word, or one that occurs and looks like it; null when no word looks like another. */
async function everyWordOrAlike(ctx: Ctx, text: string): Promise<Question> {
  const words = wordsIn(text)
  const alike = await wordsLike(ctx, words)
  if (words.every((word) => (alike.get(word) ?? []).every((other) => other === word.toLowerCase()))) return null
  return words.map((word) => `(${[`${word}:*`, ...(alike.get(word) ?? [])].join(' | ')})`).join(' & ')
}

const queryOf = (question: string) => sql`to_tsquery('simple', app.fold(${question}))`

/** The items whose text has all the words of a text. */
export const searchedFor = (text: string, staff: boolean) => holding(everyWord(text), staff, null)

/**
 * Staff find words in internal notes too. They see most items, so the words are looked up first; requesters see few, so
 * it is those that are looked through.
 */
function holding(question: Question, staff: boolean, newest: number | null): Expression<SqlBool> {
  if (question === null) return sql`false`
  if (staff) return sql`item.id in (select app.items_with(${queryOf(question)}, ${newest}))`
  return sql`exists (select from search_document where item_id = item.id and document @@ ${queryOf(question)})`
}

const mostCandidates = 400

/**
 * Finds records by number, title, text and people. A number goes straight to its record; else all words must occur, a
 * beginning counts; and where too little is found, words that look alike. Only what the person may see is looked at.
 */
export async function search(ctx: Ctx, { q, kind, limit }: Args<typeof searchEndpoint>) {
  const asked = { q, kind, limit }
  const question = everyWord(q)
  const exact = await hits(ctx, sql`item.number = ${q.toUpperCase()}`, question, asked)
  if (exact.length > 0 || question === null) return exact
  const found = await hits(ctx, holding(question, isStaff(ctx), newestFor(ctx)), question, asked)
  // A number or an address with a slip in it is another one: only words are guessed at.
  if (found.length >= Math.min(limit, 3) || /\d/.test(q)) return found
  const wider = await everyWordOrAlike(ctx, q)
  if (wider === null) return found
  const there = new Set(found.map(({ id }) => id))
  const alike = await hits(ctx, holding(wider, isStaff(ctx), newestFor(ctx)), wider, asked)
  return [...found, ...alike.filter(({ id }) => !there.has(id))].slice(0, limit)
}

/** Whoever sees all but what is confidential finds enough among the newest; others look through all. */
const newestFor = ({ actor }: Ctx) => (actor.everywhere ? 2 * mostCandidates : null)

const isStaff = ({ actor }: Ctx) => actor.audience !== 'requester'

function hits(
  ctx: Ctx,
  found: Expression<SqlBool>,
  question: Question,
  { q, kind, limit }: Args<typeof searchEndpoint>,
) {
  // The newest candidates are ranked: to rank all that hold a common word would read most of the table.
  const candidates = ctx.db
    .selectFrom('item')
    .select('item.id')
    .where(found)
    .$if(kind !== undefined, (query) => query.where('item.kind', '=', kind!))
    .orderBy('item.id', 'desc')
    .limit(mostCandidates)
    .as('candidate')
  const rank = question === null ? sql<number>`0` : sql<number>`ts_rank(document, ${queryOf(question)})`
  return ctx.db
    .selectFrom(candidates)
    .innerJoin('item', 'item.id', 'candidate.id')
    .innerJoin('searchDocument', 'searchDocument.itemId', 'item.id')
    .select(['item.id', 'item.kind', 'item.number', 'item.title', 'item.state', 'item.phase', 'item.priority'])
    .select(['item.updatedAt', authorRef('item.requester_id').as('requester')])
    .select(excerpt(question).as('excerpt'))
    .orderBy(sql`${rank} + word_similarity(app.fold(${q}), words) desc`)
    .orderBy('item.id', 'desc')
    .limit(limit)
    .execute()
}

function excerpt(question: Question) {
  if (question === null) return sql<string>`left(words, 160)`
  return sql<string>`ts_headline('simple', words, ${queryOf(question)},
    'StartSel=⟦, StopSel=⟧, MaxWords=24, MinWords=8, MaxFragments=1')`
}

/** What a kind is found by beside its number and what was said, and the function that makes its search documents. */
const searched: Record<KindName, { readonly fields: readonly string[]; readonly index: string }> = {
  incident: { fields: ['title', 'description', 'requesterId', 'resolutionNotes'], index: 'app.index_incident' },
}

/** Keeps the search document in step with the record, in the same transaction. */
export const indexItem = within(
  [
    'incident.opened',
    'incident.changed',
    'item.changed',
    'item.commented',
    'item.undone',
    'incident.assigned',
    'incident.resolved',
  ],
  async (ctx, { itemId, kind, name, changed }) => {
    if (name === 'item.commented' || searched[kind].fields.some((field) => changed.has(field)))
      meanwhile(ctx.db, index(ctx, kind, [itemId]))
  },
)

/** The search documents of some items, made from what they now say, each kind by a function of the database's own. */
export async function index({ db }: Ctx, kind: KindName, itemIds: readonly string[]) {
  await sql`select ${sql.raw(searched[kind].index)}(${itemIds})`.execute(db)
}

/** Notes are searched by staff alone, so they are indexed apart, by those who may read them. */
export const indexNotes = within(['item.noted'], async (ctx, { itemId }) => {
  await sql`
    update search_document set internal = (
      select to_tsvector('simple', app.fold(left(string_agg(body, ' '), 400000))) from note where note.item_id = ${itemId})
    where item_id = ${itemId}`.execute(ctx.db)
})
