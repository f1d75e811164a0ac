import { keyIn, type Endpoint } from '#shared/core/endpoint.ts'
import type { Row } from '#shared/records.ts'
import { call, readAgain } from '#web/core/api.ts'
import { say, sayWrong } from '#web/core/toast.ts'
import { t } from '#web/core/words.ts'
import type { Change } from '#web/item/change.ts'
import { patchRow } from '#web/item/records.ts'
import type { Bench } from '#web/item/verbs.ts'

/** Changes one record by its verb, and offers to take that back. */
export async function changeOne({ client }: Bench, row: Row, { label, verb, input, unmake }: Change) {
  try {
    const answer = await call<Endpoint>(verb, { ...input, [keyIn(verb)]: row.id })
    if (isRecord(answer)) patchRow(client, answer)
    say(label, { undo: unmake && (() => void takeBack(unmake)) })
  } finally {
    void readAgain(client)
  }

  async function takeBack(unmakeIt: (of: Row) => Promise<unknown>) {
    try {
      await unmakeIt(row)
      say(t('Undone: {what}', { what: label }))
      void readAgain(client)
    } catch (error) {
      sayWrong(error)
    }
  }
}

const isRecord = (answer: unknown): answer is { readonly id: string } =>
  typeof answer === 'object' && answer !== null && 'id' in answer
