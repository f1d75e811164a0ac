export { authenticate } from './authenticate.ts'
export { setPassword } from './password.ts'
export { startSession } from './start.ts'
export { createToken } from './tokens.ts'
