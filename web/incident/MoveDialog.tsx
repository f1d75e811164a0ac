import { Button, Group, Modal, Select, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useState, type SubmitEvent } from 'react'
import {
  cancelIncident,
  holdIncident,
  HoldReason,
  holdReasonNames,
  reopenIncident,
  ResolutionCode,
  resolutionNames,
  resolveIncident,
} from '#shared/incident.ts'
import { Keys } from '#web/core/Keys.tsx'
import { closeLayer } from '#web/core/layer.ts'
import { t } from '#web/core/words.ts'
import type { AskedMove } from '#web/incident/moves.tsx'
import { change, doing } from '#web/item/change.ts'
import { isMany, nameOf, type Bench } from '#web/item/verbs.ts'

interface Answers {
  readonly code: string
  readonly text: string
  readonly extra: string
}

interface Question {
  readonly title: string
  readonly done: string
  readonly button: string
  readonly about: string
  readonly textNeeded: boolean
  readonly codes?: { readonly label: string; readonly names: Readonly<Record<string, string>> }
  readonly extra?: string
  readonly does: (answers: Answers) => ReturnType<typeof doing>
}

const questions: Readonly<Record<AskedMove, Question>> = {
  hold: {
    title: t('Let it wait'),
    done: t('Waiting'),
    button: t('Wait'),
    about: t('What to ask the requester; they read it'),
    textNeeded: false,
    codes: { label: t('Waiting for'), names: holdReasonNames },
    does: ({ code, text }) =>
      doing(holdIncident, { reason: HoldReason.parse(code), ...(text !== '' && { comment: text }) }),
  },
  resolve: {
    title: t('Resolve'),
    done: t('Resolved'),
    button: t('Resolve'),
    about: t('What was done; the requester reads it'),
    textNeeded: true,
    codes: { label: t('How it ended'), names: resolutionNames },
    extra: t('Closing category'),
    does: ({ code, text, extra }) =>
      doing(resolveIncident, { code: ResolutionCode.parse(code), notes: text, closeCategory: extra || null }),
  },
  reopen: {
    title: t('Reopen'),
    done: t('Reopened'),
    button: t('Reopen'),
    about: t('Why it is not over'),
    textNeeded: true,
    does: ({ text }) => doing(reopenIncident, { reason: text }),
  },
  cancel: {
    title: t('Cancel'),
    done: t('Cancelled'),
    button: t('Cancel the incident'),
    about: t('Why it should not have been opened'),
    textNeeded: true,
    does: ({ text }) => doing(cancelIncident, { reason: text }),
  },
}

interface MoveDialogProps {
  move: AskedMove
  bench: Bench
  /** What is done first; where that fails, the move is not made. */
  before?: { readonly label: string; readonly run: () => Promise<boolean> }
}

/** Asks what a move needs to know, once for all of the targets. */
export function MoveDialog({ move, bench, before }: MoveDialogProps) {
  const question = questions[move]
  const { busy, wrong, answers, set, submit } = useAnswers(question, bench, before?.run)
  const [first] = bench.targets()
  const whom = isMany(bench) ? nameOf(bench) : `${first?.number} ${first?.title}`

  return (
    <Modal opened onClose={closeLayer} title={question.title} size="md">
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Text c="var(--text-2)">{whom}</Text>
          <Fields question={question} answers={answers} set={set} wrong={wrong} submit={submit} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={closeLayer}>
              {t('Back')}
            </Button>
            <Button type="submit" loading={busy} rightSection={<Keys keys="mod+enter" />}>
              {before?.label ?? question.button}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

function useAnswers({ codes, textNeeded, done: label, does }: Question, bench: Bench, before = nothingFirst) {
  const [answers, setAnswers] = useState<Answers>({
    code: Object.keys(codes?.names ?? {})[0] ?? '',
    text: '',
    extra: '',
  })
  const [busy, setBusy] = useState(false)
  const [wrong, setWrong] = useState('')
  const set = (some: Partial<Answers>) => setAnswers({ ...answers, ...some })
  const submit = async (event?: SubmitEvent) => {
    event?.preventDefault()
    if (textNeeded && answers.text.trim() === '') return setWrong(t('Write something'))
    const asked = { label, ...does(answers) }
    if (isMany(bench)) {
      closeLayer()
      return void change(bench, asked)
    }
    setBusy(true)
    if (!(await before())) return closeLayer()
    const made = await change(bench, asked)
    setBusy(false)
    if (made) closeLayer()
  }
  return { busy, wrong, answers, set, submit }
}

const nothingFirst = async () => true

interface FieldsProps {
  question: Question
  answers: Answers
  set: (some: Partial<Answers>) => void
  wrong: string
  submit: () => Promise<void>
}

function Fields({ question: { codes, about, textNeeded, extra }, answers, set, wrong, submit }: FieldsProps) {
  return (
    <>
      {codes && (
        <Select
          label={codes.label}
          data={Object.entries(codes.names).map(([value, label]) => ({ value, label: t(label) }))}
          value={answers.code}
          allowDeselect={false}
          onChange={(code) => set({ code: code ?? '' })}
        />
      )}
      <Textarea
        data-autofocus
        label={about}
        autosize
        minRows={4}
        maxRows={14}
        withAsterisk={textNeeded}
        value={answers.text}
        error={wrong}
        onChange={(event) => set({ text: event.currentTarget.value })}
        onKeyDown={(event) => event.key === 'Enter' && (event.ctrlKey || event.metaKey) && void submit()}
      />
      {extra !== undefined && (
        <TextInput
          label={extra}
          value={answers.extra}
          onChange={(event) => set({ extra: event.currentTarget.value })}
        />
      )}
    </>
  )
}
