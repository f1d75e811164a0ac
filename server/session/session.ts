export { authenticate } from './authenticate.ts'
export { letIn } from './let-in.ts'
export { createToken } from './tokens.ts'
