export { fillWithDemo, seeDemo } from './demo.ts'
export { openDesk, prepareSetUp } from './set-up.ts'
export { version } from './version.ts'
export { measureDesk, watch } from './watch.ts'
