import { config } from 'zod'

// Schemas would try whether they may compile themselves, which the policy of these pages forbids and reports.
config({ jitless: true })
