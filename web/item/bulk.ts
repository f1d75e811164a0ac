import { say, sayWrong } from '#web/core/toast.ts'
import { signal } from '#web/core/signal.ts'

/** How far a change of many records is. */
export const progress = signal<{ label: string; done: number; total: number } | null>(null)

export type Undo = () => Promise<unknown>

/** Do something to each of some records, four at a time, and say how many changed and why the others did not. */
export async function doToEach<T>(label: string, targets: readonly T[], act: (target: T) => Promise<Undo | undefined>) {
  const outcome = { undos: [] as Undo[], refusals: [] as unknown[] }
  const waiting = [...targets]
  const many = targets.length > 1
  const step = async (): Promise<void> => {
    const target = waiting.shift()
    if (target === undefined) return
    await act(target).then(
      (undo) => undo && outcome.undos.push(undo),
      (error: unknown) => outcome.refusals.push(error),
    )
    if (many) progress.set({ label, done: targets.length - waiting.length, total: targets.length })
    await step()
  }
  await Promise.all([step(), step(), step(), step()])
  progress.set(null)
  report(label, targets.length, outcome)
  return outcome.refusals.length === 0
}

function report(label: string, total: number, { undos, refusals }: { undos: Undo[]; refusals: unknown[] }) {
  const undo = undos.length > 0 ? () => void undoAll(label, undos) : undefined
  const changed = total - refusals.length
  if (total === 1 && refusals.length === 1) sayWrong(refusals[0])
  else if (refusals.length === 0) say(total === 1 ? label : `${label}: ${total} changed`, { undo })
  else say(`${label}: ${changed} changed, ${refusals.length} refused`, { undo, more: reasonsOf(refusals) })
}

async function undoAll(label: string, undos: readonly Undo[]) {
  const results = await Promise.allSettled(undos.map((undo) => undo()))
  const failed = results.filter(({ status }) => status === 'rejected').length
  say(failed === 0 ? `Undone: ${label}` : `${failed} could not be undone`)
}

/** Each reason once, with how often it was given. */
function reasonsOf(refusals: readonly unknown[]) {
  const reasons = refusals.map((error) => (error instanceof Error ? error.message : 'It did not work'))
  return Object.entries(Object.groupBy(reasons, (reason) => reason))
    .map(([reason, all = []]) => `${all.length} × ${reason}`)
    .slice(0, 3)
    .join(' · ')
}
