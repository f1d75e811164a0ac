#!/usr/bin/env node
// "npx steward": the desk's commands, run from wherever they are called.
import { join } from 'node:path'
import { become, install, root } from './prepare.mjs'

await install({ tools: false })
await become([join(root, 'server/cli/cli.ts'), ...process.argv.slice(2)], process.cwd())
