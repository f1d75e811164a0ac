import type { Module } from '#server/core/module.ts'
import { tellRequester, writeLetter } from './letters.ts'

export const notify: Module = { reactions: [tellRequester], jobs: [writeLetter] }
