import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { useState, type SubmitEvent } from 'react'
import { getSetUp } from '#shared/desk.ts'
import { askReset, signIn } from '#shared/session.ts'
import { call, query } from '#web/core/api.ts'
import { focusOnArrival, FormEnd, useForm, useRefusals, Wrong } from '#web/core/form.tsx'
import { Frame } from '#web/session/Frame.tsx'
import { useArrival } from '#web/session/useArrival.ts'
import { inWords, useWait } from '#web/session/wait.ts'
import styles from './session.module.css'

export function SignInPage() {
  const [forgot, setForgot] = useState(false)
  const { data: desk } = useQuery(query(getSetUp, {}))
  if (desk?.done === false) return <NotSetUp />
  if (forgot) return <Forgot back={() => setForgot(false)} />
  return <SignIn forgot={() => setForgot(true)} />
}

function NotSetUp() {
  return (
    <Frame title="This desk is new">
      <p className={styles.lead}>
        Open the one-time link that the desk printed when it started. It makes the first administrator.
      </p>
    </Frame>
  )
}

function SignIn({ forgot }: { forgot: () => void }) {
  const { step, values, set, errors, wrong, left, busy, submit, form, again } = useSignIn()
  return (
    <Frame title="Sign in">
      <form ref={form} onSubmit={submit} noValidate aria-label="Sign in">
        {step === 'password' ? (
          <Password values={values} set={set} errors={errors} />
        ) : (
          <Code value={values.code} set={(code) => set({ code })} error={errors['code']} />
        )}
        <Wrong text={left > 0 ? `Too many tries. You can try again in ${inWords(left)}.` : wrong} />
        <Button type="submit" loading={busy} disabled={left > 0} fullWidth>
          {step === 'password' ? 'Sign in' : 'Continue'}
        </Button>
      </form>
      <div className={styles.foot}>
        <button type="button" className={styles.link} onClick={step === 'password' ? forgot : again}>
          {step === 'password' ? 'Forgot password' : 'Use another account'}
        </button>
      </div>
    </Frame>
  )
}

interface Values {
  readonly email: string
  readonly password: string
  readonly code: string
}

interface PasswordProps {
  values: Values
  set: (some: Partial<Values>) => void
  errors: Readonly<Record<string, string>>
}

function Password({ values, set, errors }: PasswordProps) {
  return (
    <>
      <TextInput
        label="E-mail"
        type="email"
        name="email"
        autoComplete="username"
        ref={focusOnArrival}
        value={values.email}
        error={errors['email']}
        onChange={(event) => set({ email: event.currentTarget.value })}
      />
      <PasswordInput
        visibilityToggleButtonProps={{ 'aria-label': 'Show or hide the password' }}
        label="Password"
        name="password"
        autoComplete="current-password"
        value={values.password}
        error={errors['password']}
        onChange={(event) => set({ password: event.currentTarget.value })}
      />
    </>
  )
}

/** The second step, on a page of its own, so that it is announced and the field is the only thing to do. */
export function Code({
  value,
  set,
  error,
}: {
  value: string
  set: (code: string) => void
  error?: string | undefined
}) {
  return (
    <TextInput
      ref={focusOnArrival}
      label="Code"
      description="Six digits from your authenticator app, or one of your recovery codes"
      name="code"
      autoComplete="one-time-code"
      value={value}
      error={error}
      onChange={(event) => set(event.currentTarget.value)}
    />
  )
}

function useSignIn() {
  const { back } = useSearch({ from: '/public/sign-in' })
  const arrive = useArrival()
  const [values, setValues] = useState<Values>({ email: '', password: '', code: '' })
  const [step, setStep] = useState<'password' | 'code'>('password')
  const [busy, setBusy] = useState(false)
  const { errors, wrong, refuse, clear, form } = useRefusals()
  const { left, heed } = useWait()

  const set = (some: Partial<Values>) => {
    setValues({ ...values, ...some })
    clear(Object.keys(some))
  }
  const again = () => {
    setStep('password')
    clear()
    setValues({ email: '', password: '', code: '' })
  }
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    if (busy || left > 0) return
    setBusy(true)
    try {
      const { email, password, code } = values
      const { outcome } = await call(signIn, { email, password, ...(step === 'code' && { code }) })
      clear()
      if (outcome === 'code-needed') setStep('code')
      else await arrive(back)
    } catch (error) {
      heed(error)
      refuse(error)
    }
    setBusy(false)
  }
  return { step, values, set, errors, wrong, left, busy, submit, form, again }
}

function Forgot({ back }: { back: () => void }) {
  const [sent, setSent] = useState(false)
  const form = useForm({
    start: { email: '' },
    endpoint: askReset,
    input: (values) => values,
    done: () => setSent(true),
  })
  if (sent) {
    return (
      <Frame title="Look into your mail">
        <p className={styles.lead}>
          If {form.values.email} belongs to somebody here, a link to set a new password is on its way. It works once,
          for half an hour. Nothing came? Ask your administrator for a new link.
        </p>
        <button type="button" className={styles.link} onClick={back}>
          Back to sign in
        </button>
      </Frame>
    )
  }
  return (
    <Frame title="Forgot password">
      <p className={styles.lead}>Write your e-mail address. You get a link to set a new password.</p>
      <form {...form.bind} aria-label="Forgot password">
        <TextInput label="E-mail" type="email" autoComplete="username" ref={focusOnArrival} {...form.text('email')} />
        <FormEnd form={form} label="Send the link" onCancel={back} />
      </form>
    </Frame>
  )
}
