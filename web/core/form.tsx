import { Button, Group } from '@mantine/core'
import { useRef, useState, type ChangeEvent, type KeyboardEvent, type ReactNode, type SubmitEvent } from 'react'
import type { z } from 'zod'
import type { Endpoint, Input, Output } from '#shared/core/endpoint.ts'
import { Refused, useAction } from '#web/core/api.ts'
import styles from './page.module.css'
import { t } from '#web/core/words.ts'

export type Errors = Readonly<Record<string, string>>

interface FormOptions<V, E extends Endpoint> {
  readonly start: V
  readonly endpoint: E
  readonly input: (values: V) => Input<E>
  readonly done?: (output: Output<E>, values: V) => unknown
}

type Changed = ChangeEvent<HTMLInputElement | HTMLTextAreaElement>

/** A form over one endpoint: its schema checks before sending, and what is refused stands at its field. */
export function useForm<V extends object, E extends Endpoint>({ start, endpoint, input, done }: FormOptions<V, E>) {
  const [values, setValues] = useState(start)
  const { errors, wrong, refuse, clear, form } = useRefusals()
  const action = useAction(endpoint)

  const set = (some: Partial<V>) => {
    setValues((before) => ({ ...before, ...some }))
    clear(Object.keys(some))
  }
  const send = async () => {
    const given = input(values)
    const checked = endpoint.input.safeParse(given)
    if (!checked.success) return refuse(new Refused(400, t('Some of this is not right'), issuesOf(checked.error)))
    try {
      const output = await action.mutateAsync(given)
      clear()
      await done?.(output, values)
    } catch (error) {
      refuse(error)
    }
  }
  const bind = {
    ref: form,
    noValidate: true,
    onSubmit(event: SubmitEvent) {
      event.preventDefault()
      event.stopPropagation()
      if (!action.isPending) void send()
    },
    onKeyDown(event: KeyboardEvent) {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.current?.requestSubmit()
    },
  }
  return { values, set, errors, wrong, refuse, busy: action.isPending, bind, ...bindings(values, set, errors) }
}

function bindings<V extends object>(values: V, set: (some: Partial<V>) => void, errors: Errors) {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- one field of the values is a part of them
  const one = (name: keyof V, value: unknown) => set({ [name]: value } as Partial<V>)
  return {
    /** For what is typed. */
    text: (name: keyof V & string) => ({
      value: String(values[name] ?? ''),
      error: errors[name],
      onChange: (event: Changed) => one(name, event.currentTarget.value),
    }),
    /** For what is chosen. */
    pick: <K extends keyof V & string>(name: K) => ({
      value: values[name],
      error: errors[name],
      onChange: (value: V[K]) => one(name, value),
    }),
    /** For what is ticked. */
    tick: (name: keyof V & string) => ({
      checked: Boolean(values[name]),
      onChange: (event: ChangeEvent<HTMLInputElement>) => one(name, event.currentTarget.checked),
    }),
  }
}

/** What was refused: by field where a field is shown, else in words. The focus goes to the first of the fields. */
export function useRefusals() {
  const [errors, setErrors] = useState<Errors>({})
  const [wrong, setWrong] = useState('')
  const form = useRef<HTMLFormElement>(null)
  const refuse = (error: unknown) => {
    const message = error instanceof Error ? error.message : t('That did not work')
    const fields = error instanceof Refused ? error.fields : {}
    setErrors(fields)
    setWrong(Object.keys(fields).length > 0 ? '' : message)
    // Wait for the fields to be drawn with what is wrong about them.
    setTimeout(() => {
      const first = form.current?.querySelector<HTMLElement>('[aria-invalid="true"], [data-error="true"] input')
      if (first) first.focus()
      else setWrong(message)
    }, 30)
  }
  const clear = (names?: readonly string[]) => {
    setWrong('')
    setErrors((before) => (names ? without(before, names) : {}))
  }
  return { errors, wrong, refuse, clear, form }
}

const without = (errors: Errors, names: readonly string[]): Errors =>
  Object.fromEntries(Object.entries(errors).filter(([name]) => !names.includes(name)))

function issuesOf({ issues }: z.ZodError): Errors {
  const named = issues.toReversed().map((issue) => [String(issue.path[0] ?? ''), wordsFor(issue)] as const)
  return Object.fromEntries(named)
}

function wordsFor(issue: z.core.$ZodIssue) {
  const most = issue.code === 'too_big' && issue.origin === 'string' ? Number(issue.maximum) : undefined
  return most === undefined ? t(issue.message) : t('Keep it within {most} characters', { most })
}

/** As a ref: where a person who has just come here begins to type. */
export const focusOnArrival = (element: HTMLElement | null) => element?.focus({ preventScroll: true })

interface FormEndProps {
  readonly form: { readonly wrong: string; readonly busy: boolean }
  readonly label: ReactNode
  readonly onCancel?: (() => void) | undefined
  readonly children?: ReactNode
}

/** What stands below a form: what is wrong with it as a whole, and the way on. */
export function FormEnd({ form: { wrong, busy }, label, onCancel, children }: FormEndProps) {
  return (
    <>
      <Wrong text={wrong} />
      <Group justify="flex-end" gap="xs">
        {children}
        {onCancel && (
          <Button variant="default" onClick={onCancel}>
            {t('Cancel')}
          </Button>
        )}
        <Button type="submit" loading={busy}>
          {label}
        </Button>
      </Group>
    </>
  )
}

export function Wrong({ text }: { text: string }) {
  if (text === '') return null
  return (
    <p className={styles.wrong} role="alert">
      {text}
    </p>
  )
}
