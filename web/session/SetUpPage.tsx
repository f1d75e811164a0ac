import { TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { useCallback, useState, type SubmitEvent } from 'react'
import type { z } from 'zod'
import { getSetUp, setUp } from '#shared/desk.ts'
import { call, query, Refused } from '#web/core/api.ts'
import { focusOnArrival, FormEnd, useRefusals } from '#web/core/form.tsx'
import { DemoProgress } from '#web/session/DemoProgress.tsx'
import { Frame } from '#web/session/Frame.tsx'
import { NewPassword } from '#web/session/NewPassword.tsx'
import { useArrival } from '#web/session/useArrival.ts'
import styles from './session.module.css'

const nothing = { deskName: '', organisation: '', name: '', email: '', password: '', start: 'demo' }
type Values = typeof nothing

const steps = [
  { title: 'Name your desk', short: 'Desk', fields: ['deskName', 'organisation'] },
  { title: 'Who are you?', short: 'Administrator', fields: ['name', 'email', 'password'] },
  { title: 'How do you want to start?', short: 'Start', fields: ['start'] },
] as const

/** A new desk, in three steps. What it leads to can all be changed later. */
export function SetUpPage() {
  const { token } = useSearch({ from: '/public/set-up' })
  const { data: desk } = useQuery(query(getSetUp, {}))
  const client = useQueryClient()
  const [making, setMaking] = useState(false)
  const arrive = useArrival()
  const open = useCallback(() => void arrive(), [arrive])
  if (making) return <DemoProgress done={open} />
  if (desk?.done === true) return <Done />
  if (token === undefined) return <NoToken />
  const watch = () => {
    setMaking(true)
    void client.invalidateQueries()
  }
  return <Steps token={token} made={(start) => (start === 'demo' ? watch() : void arrive('/admin'))} />
}

function Done() {
  return (
    <Frame title="This desk is set up">
      <p className={styles.lead}>
        Nothing is left to do here. <a href="/sign-in">Sign in</a>
      </p>
    </Frame>
  )
}

function NoToken() {
  return (
    <Frame title="This link is not whole">
      <p className={styles.lead}>Open the whole link that the desk printed when it started, from http to the end.</p>
    </Frame>
  )
}

function Steps({ token, made }: { token: string; made: (start: string) => void }) {
  const { at, values, set, errors, wrong, busy, submit, back, form } = useSteps(token, made)
  const step = steps[at] ?? steps[0]
  const text = (name: keyof Values) => ({
    value: values[name],
    error: errors[name],
    onChange: (event: { currentTarget: { value: string } }) => set({ [name]: event.currentTarget.value }),
  })
  return (
    <Frame title={step.title} wide>
      <ol className={styles.steps} aria-label="Steps">
        {steps.map(({ short }, index) => (
          <li key={short} data-done={index <= at || undefined} aria-current={index === at ? 'step' : undefined}>
            {short}
          </li>
        ))}
      </ol>
      <form key={at} ref={form} onSubmit={submit} noValidate aria-label={step.title}>
        {at === 0 && (
          <>
            <TextInput
              label="Name of the desk"
              description="What people see above every page, such as “Halyard IT”"
              ref={focusOnArrival}
              {...text('deskName')}
            />
            <TextInput
              label="Your organisation"
              description="The people you look after. You can add departments or customers later."
              {...text('organisation')}
            />
          </>
        )}
        {at === 1 && (
          <>
            <p className={styles.lead}>You will be the first administrator. You can invite others after this.</p>
            <TextInput label="Your name" autoComplete="name" ref={focusOnArrival} {...text('name')} />
            <TextInput label="E-mail" type="email" autoComplete="username" {...text('email')} />
            <NewPassword label="Password" own={[values.name, values.email]} {...text('password')} />
          </>
        )}
        {at === 2 && <Start value={values.start} set={(start) => set({ start })} />}
        <FormEnd
          form={{ wrong, busy }}
          label={at < 2 ? 'Continue' : values.start === 'demo' ? 'Explore the demo' : 'Open the desk'}
        >
          {at > 0 && (
            <button type="button" className={styles.link} onClick={back}>
              Back
            </button>
          )}
        </FormEnd>
      </form>
    </Frame>
  )
}

const starts = [
  {
    value: 'demo',
    label: 'Explore the demo organisation',
    about:
      'Teams, people and incidents that somebody made up, to see how work flows. Takes a few minutes; you can look around meanwhile.',
  },
  { value: 'empty', label: 'Start empty', about: 'Nothing but you. For when you know what you want to set up.' },
] as const

function Start({ value, set }: { value: string; set: (value: string) => void }) {
  return (
    <fieldset className={styles.choices} aria-label="How to start">
      {starts.map((start) => (
        <label key={start.value} className={styles.choice}>
          <input
            type="radio"
            name="start"
            value={start.value}
            checked={value === start.value}
            onChange={() => set(start.value)}
          />
          <strong>{start.label}</strong>
          <small>{start.about}</small>
        </label>
      ))}
    </fieldset>
  )
}

function useSteps(token: string, made: (start: string) => void) {
  const [at, setAt] = useState(0)
  const [values, setValues] = useState(nothing)
  const [busy, setBusy] = useState(false)
  const { errors, wrong, refuse, clear, form } = useRefusals()
  const set = (some: Partial<Values>) => {
    setValues({ ...values, ...some })
    clear(Object.keys(some))
  }
  /** What is refused is mended on the step where it was asked. */
  const refuseAll = (error: unknown) => {
    const names = error instanceof Refused ? Object.keys(error.fields) : []
    const where = steps.findIndex(({ fields }) => names.some((name) => fields.some((field) => field === name)))
    if (where >= 0) setAt(where)
    refuse(error)
  }
  const send = async () => {
    setBusy(true)
    try {
      await call(setUp, { ...values, token, start: values.start === 'demo' ? 'demo' : 'empty' })
      made(values.start)
    } catch (error) {
      refuseAll(error)
    }
    setBusy(false)
  }
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    if (busy) return
    const wanted: readonly string[] = steps[at]?.fields ?? []
    const found = setUp.input.safeParse({ ...values, token }).error?.issues ?? []
    const here = found.filter(({ path }) => wanted.includes(String(path[0])))
    if (here.length > 0) return refuse(new Refused(400, 'Some of this is not right', byField(here)))
    clear()
    if (at < 2) setAt(at + 1)
    else await send()
  }
  return { at, values, set, errors, wrong, busy, submit, back: () => setAt(at - 1), form }
}

const byField = (issues: readonly z.core.$ZodIssue[]) =>
  Object.fromEntries(issues.toReversed().map(({ path, message }) => [String(path[0]), message]))
