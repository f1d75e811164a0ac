import type { Stage, Story } from './stage.ts'

/** Records that bear on each other: nothing happens to any of them before all are there. */
export type Tale = readonly Story[]

const hands = 8

/**
 * Lets everything happen: reports in the order of their times, so that numbers rise with them, and what follows from
 * each beside the reports, up to now. `done` is told of each record that has come to its end.
 */
export async function perform(stage: Stage, tales: readonly Tale[], now: number, done: () => Promise<void>) {
  const taleOf = new Map(tales.flatMap((tale) => tale.map((story) => [story, tale])))
  const left = new Map(tales.map((tale) => [tale, tale.filter(({ at }) => at < now).length]))
  const stories = [...taleOf.keys()].filter(({ at }) => at < now).toSorted((a, b) => a.at - b.at)
  const work = handsFor()
  for (const story of stories) {
    stage.ids.set(story.key, await story.open(stage))
    const tale = taleOf.get(story)!
    const missing = left.get(tale)! - 1
    left.set(tale, missing)
    if (missing === 0)
      await work.take(async () => {
        await follow(stage, tale, now)
        for (const _ of tale) await done()
      })
  }
  await work.end()
}

async function follow(stage: Stage, tale: Tale, now: number) {
  const steps = tale
    .flatMap((story) => story.steps.map((step) => ({ step, story })))
    .filter(({ step }) => step.at < now)
    .toSorted((a, b) => a.step.at - b.step.at)
  for (const { step, story } of steps) await step.run(stage, stage.ids.get(story.key)!)
}

/** So many at once, and no more; the first that fails ends the work. */
function handsFor() {
  const busy = new Set<Promise<void>>()
  const failed: unknown[] = []
  const check = () => {
    if (failed.length > 0) throw failed[0]
  }
  return {
    async take(task: () => Promise<void>) {
      while (busy.size >= hands) await Promise.race(busy)
      check()
      const one: Promise<void> = task()
        .catch((error: unknown) => void failed.push(error))
        .finally(() => busy.delete(one))
      busy.add(one)
    },
    async end() {
      await Promise.all(busy)
      check()
    },
  }
}
