export { addSource } from './sources.ts'
export { receive, type Signal } from './receive.ts'
