import type { Module } from '#server/core/module.ts'
import { sendMail } from './mail.ts'

export const mail: Module = { jobs: [sendMail] }
