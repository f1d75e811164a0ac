import { expect, test } from 'vitest'
import { killOften } from './kill.ts'

test('whatever is killed under load, no acknowledged write is lost or doubled', { timeout: 900_000 }, async () => {
  const outcomes = await killOften({ kills: 4, clients: 4 })

  for (const { victim, outages, acknowledged, wrong } of outcomes) {
    expect(wrong, victim).toEqual([])
    expect(outages, victim).toHaveLength(4)
    expect(acknowledged, victim).toBeGreaterThan(4)
  }
})
