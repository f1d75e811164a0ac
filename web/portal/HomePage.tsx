import { Button } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { ArrowRight, CirclePlus, Search } from 'lucide-react'
import { useState, type SubmitEvent } from 'react'
import { search } from '#shared/item/search.ts'
import { listRecords } from '#shared/records.ts'
import { query } from '#web/core/api.ts'
import { focusOnArrival } from '#web/core/form.tsx'
import { useMe } from '#web/core/me.ts'
import { StateShape } from '#web/item/State.tsx'
import { RequestRow } from '#web/portal/RequestRow.tsx'
import styles from './portal.module.css'

const mostShown = 10

export function HomePage() {
  const me = useMe()
  return (
    <>
      <section className={styles.hero} aria-labelledby="hello">
        <h1 id="hello">Hello {me.name.split(' ')[0]}, what do you need?</h1>
        <Ask />
      </section>
      <Open />
    </>
  )
}

/** One box for everything: while somebody writes, it finds what they asked before; what is new is reported. */
function Ask() {
  const navigate = useNavigate()
  const [text, setText] = useState('')
  const wanted = text.trim()
  const report = (event: SubmitEvent) => {
    event.preventDefault()
    void navigate({ to: '/portal/report', search: wanted === '' ? {} : { title: wanted.slice(0, 200) } })
  }
  return (
    <search className={styles.ask}>
      <form onSubmit={report} className={styles.askBox}>
        <Search size={20} aria-hidden="true" />
        <input
          ref={focusOnArrival}
          aria-label="Describe it in a few words"
          placeholder="VPN drops at the hotel, or the number of a request"
          autoComplete="off"
          maxLength={200}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Button type="submit">Report</Button>
      </form>
      {wanted.length > 1 && <Found text={wanted} />}
    </search>
  )
}

function Found({ text }: { text: string }) {
  const [asked] = useDebouncedValue(text, 180)
  const { data: hits = [] } = useQuery({ ...query(search, { q: asked, limit: 5 }), placeholderData: keepPreviousData })
  return (
    <div className={styles.found}>
      {hits.length > 0 && <h2>Already asked</h2>}
      <ul aria-label="What was found">
        {hits.map(({ id, number, title, state }) => (
          <li key={id}>
            <Link to="/portal/requests/$number" params={{ number }} className={styles.hit}>
              <StateShape state={state} />
              <span>{title}</span>
              <small>{number}</small>
            </Link>
          </li>
        ))}
        <li>
          <Link to="/portal/report" search={{ title: text.slice(0, 200) }} className={styles.hit} data-report>
            <CirclePlus size={16} aria-hidden="true" />
            <span>
              Report “<b>{text}</b>”
            </span>
            <ArrowRight size={16} aria-hidden="true" />
          </Link>
        </li>
      </ul>
      <output className="unseen">
        {hits.length === 0 ? 'Nothing like it was asked before' : `${hits.length} found`}
      </output>
    </div>
  )
}

function Open() {
  const { data } = useSuspenseQuery(query(listRecords, ownOpen))
  const { records, next } = data
  return (
    <section className={styles.block} aria-labelledby="open">
      <div className={styles.blockHead}>
        <h2 id="open">Your open requests</h2>
        <Link to="/portal/requests">All requests</Link>
      </div>
      {records.length === 0 ? (
        <p className={styles.none}>Nothing is open. Write above what you need, and it stands here until it is done.</p>
      ) : (
        <ul className={styles.requests}>
          {records.map((row) => (
            <RequestRow key={row.id} row={row} />
          ))}
        </ul>
      )}
      {next !== null && <Link to="/portal/requests">There are more than {mostShown}</Link>}
    </section>
  )
}

/** What is not over for its requester: all that is open, and what waits for their word that it is solved. */
export const ownOpen = {
  kind: 'incident',
  filter: 'requester:me (is:open or state:resolved)',
  sort: '-updatedAt',
  fields: 'holdReason',
  limit: mostShown,
}
