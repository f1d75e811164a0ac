import { Button, Modal, PasswordInput, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { confirmTotp, startTotp, stopTotp } from '#shared/session.ts'
import { Copy } from '#web/core/Copy.tsx'
import { focusOnArrival, FormEnd, useForm } from '#web/core/form.tsx'
import { useMe } from '#web/core/me.ts'
import { Section } from '#web/core/Page.tsx'
import { say } from '#web/core/toast.ts'
import styles from './session.module.css'

type Step = { at: 'none' | 'password' | 'stop' } | { at: 'code'; secret: string; uri: string } | Codes
interface Codes {
  readonly at: 'codes'
  readonly codes: readonly string[]
}

/** A code from a phone beside the password: begun with the password, confirmed with a first code. */
export function Authenticator() {
  const { totp } = useMe()
  const [step, setStep] = useState<Step>({ at: 'none' })
  const close = () => setStep({ at: 'none' })
  return (
    <Section
      title="Code at sign-in"
      about={
        totp
          ? 'On. Sign-in asks for a code from your authenticator app.'
          : 'Off. With an authenticator app on your phone, a stolen password alone lets nobody in.'
      }
      action={
        <Button variant="default" onClick={() => setStep({ at: totp ? 'stop' : 'password' })}>
          {totp ? 'Turn off' : 'Turn on'}
        </Button>
      }
    >
      {step.at !== 'none' && (
        <Modal
          opened
          onClose={close}
          title={step.at === 'stop' ? 'Turn the code off' : 'Turn the code on'}
          size="md"
          closeOnClickOutside={step.at !== 'codes'}
        >
          <Dialog step={step} setStep={setStep} close={close} />
        </Modal>
      )}
    </Section>
  )
}

interface DialogProps {
  step: Step
  setStep: (step: Step) => void
  close: () => void
}

function Dialog({ step, setStep, close }: DialogProps) {
  if (step.at === 'password') return <Begin next={(begun) => setStep({ at: 'code', ...begun })} close={close} />
  if (step.at === 'code') return <Confirm {...step} next={(codes) => setStep({ at: 'codes', codes })} close={close} />
  if (step.at === 'codes') return <RecoveryCodes codes={step.codes} close={close} />
  return <Stop close={close} />
}

function Begin({ next, close }: { next: (begun: { secret: string; uri: string }) => void; close: () => void }) {
  const form = useForm({ start: { password: '' }, endpoint: startTotp, input: (values) => values, done: next })
  return (
    <form {...form.bind} aria-label="Your password first">
      <Stack gap="sm">
        <PasswordInput
          visibilityToggleButtonProps={{ 'aria-label': 'Show or hide the password' }}
          label="Your password first"
          autoComplete="current-password"
          data-autofocus
          {...form.text('password')}
        />
        <FormEnd form={form} label="Continue" onCancel={close} />
      </Stack>
    </form>
  )
}

interface ConfirmProps {
  secret: string
  uri: string
  next: (codes: readonly string[]) => void
  close: () => void
}

function Confirm({ secret, uri, next, close }: ConfirmProps) {
  const form = useForm({
    start: { code: '' },
    endpoint: confirmTotp,
    input: ({ code }) => ({ code: code.replaceAll(' ', '') }),
    done: ({ recoveryCodes }) => next(recoveryCodes),
  })
  return (
    <form {...form.bind} aria-label="Confirm with a code">
      <Stack gap="sm">
        <Text>
          Add an account in your authenticator app by hand, with this key. On a phone you can open{' '}
          <a href={uri}>this link</a> instead.
        </Text>
        <Copy text={secret.match(/.{1,4}/g)?.join(' ') ?? secret} label="Key" />
        <Copy text={uri} label="Link for the app" />
        <TextInput
          label="The code that the app shows now"
          inputMode="numeric"
          autoComplete="one-time-code"
          ref={focusOnArrival}
          {...form.text('code')}
        />
        <FormEnd form={form} label="Turn on" onCancel={close} />
      </Stack>
    </form>
  )
}

function RecoveryCodes({ codes, close }: { codes: readonly string[]; close: () => void }) {
  return (
    <Stack gap="sm">
      <Text>
        The code is on. Keep these recovery codes somewhere safe: each works once, when the phone is not at hand. They
        are shown only now.
      </Text>
      <ul className={styles.codes} aria-label="Recovery codes">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <Copy text={codes.join('\n')} label="All recovery codes" block />
      <Button onClick={close}>I have kept them</Button>
    </Stack>
  )
}

function Stop({ close }: { close: () => void }) {
  const form = useForm({
    start: { password: '' },
    endpoint: stopTotp,
    input: (values) => values,
    done: () => {
      say('Sign-in asks for no code any more')
      close()
    },
  })
  return (
    <form {...form.bind} aria-label="Turn the code off">
      <Stack gap="sm">
        <PasswordInput
          visibilityToggleButtonProps={{ 'aria-label': 'Show or hide the password' }}
          label="Your password"
          autoComplete="current-password"
          data-autofocus
          {...form.text('password')}
        />
        <FormEnd form={form} label="Turn off" onCancel={close} />
      </Stack>
    </form>
  )
}
