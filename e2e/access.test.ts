import { desktop } from './browser.ts'
import { sweepAt } from './sweep.ts'

await sweepAt(desktop)
