import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { readLink } from '#shared/session.ts'
import { call, query } from '#web/core/api.ts'
import { focusOnArrival, FormEnd, useForm, Wrong } from '#web/core/form.tsx'
import { Frame } from '#web/session/Frame.tsx'
import { spendLink } from '#web/session/link.ts'
import { NewPassword } from '#web/session/NewPassword.tsx'
import { Code } from '#web/session/SignInPage.tsx'
import { useArrival } from '#web/session/useArrival.ts'
import styles from './session.module.css'

/** A one-time link. To open the page only reads what it is for: what scans mail must not use it up. */
export function LinkPage() {
  const { token } = useParams({ from: '/public/link/$token' })
  const { data, error, isPending } = useQuery({ ...query(readLink, { token }), retry: false })
  if (isPending) return <Frame title="One moment">{null}</Frame>
  if (error || data.purpose === 'set-up') return <Spent />
  if (data.purpose === 'sign-in') return <SignInLink token={token} name={data.name} />
  return <PasswordLink token={token} name={data.name} invited={data.purpose === 'invitation'} />
}

function Spent() {
  return (
    <Frame title="This link no longer works">
      <p className={styles.lead}>
        It was used already, it is too old, or a newer one was sent. Ask for another at sign-in, or ask your
        administrator.
      </p>
      <Button component="a" href="/sign-in">
        Go to sign in
      </Button>
    </Frame>
  )
}

function SignInLink({ token, name }: { token: string; name: string }) {
  const arrive = useArrival()
  const [busy, setBusy] = useState(false)
  const [wrong, setWrong] = useState('')
  const go = async () => {
    setBusy(true)
    try {
      await call(spendLink, { token })
      await arrive()
    } catch (error) {
      setWrong(error instanceof Error ? error.message : 'That did not work')
      setBusy(false)
    }
  }
  return (
    <Frame title={`Hello ${name}`}>
      <p className={styles.lead}>This link signs you in. It works once.</p>
      <Wrong text={wrong} />
      <Button onClick={go} loading={busy} ref={focusOnArrival}>
        Sign in as {name}
      </Button>
    </Frame>
  )
}

function PasswordLink({ token, name, invited }: { token: string; name: string; invited: boolean }) {
  const arrive = useArrival()
  const [needsCode, setNeedsCode] = useState(false)
  const form = useForm({
    start: { password: '', code: '' },
    endpoint: spendLink,
    input: ({ password, code }) => ({ token, password, ...(needsCode && { code }) }),
    done: async ({ outcome }) => {
      if (outcome === 'code-needed') setNeedsCode(true)
      else await arrive()
    },
  })
  return (
    <Frame title={invited ? `Welcome, ${name}` : 'Set a new password'}>
      <p className={styles.lead}>
        {invited ? 'Choose a password, and you are in.' : 'You will be signed out everywhere else.'}
      </p>
      <form {...form.bind} aria-label="Set a password">
        {needsCode ? (
          <Code value={form.values.code} set={(code) => form.set({ code })} error={form.errors['code']} />
        ) : (
          <NewPassword label="New password" own={[name]} {...form.text('password')} />
        )}
        <FormEnd form={form} label={needsCode ? 'Continue' : 'Set password and sign in'} />
      </form>
    </Frame>
  )
}
