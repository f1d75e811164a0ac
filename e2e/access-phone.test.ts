import { phone } from './browser.ts'
import { sweepAt } from './sweep.ts'

await sweepAt(phone)
