import type { Module } from '#server/core/module.ts'

export const item: Module = {}
