import type { Module } from '#server/core/module.ts'
import { deriveFacts, keepFacts, makeMissingFacts } from './keep.ts'

export const report: Module = {
  reactions: [keepFacts],
  derived: [deriveFacts],
  jobs: [makeMissingFacts],
}
