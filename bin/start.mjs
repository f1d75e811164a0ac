// "npm start": installs and builds what has changed, then runs the desk until it is stopped.
import { become, build, install, root } from './prepare.mjs'

await install({ tools: false })
await build()
await become(['server/main.ts', ...process.argv.slice(2)], root)
