// Who may import whom: `node scripts/boundaries.ts` fails on every import that breaks a rule below.
import { readFileSync } from 'node:fs'
import { glob } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** A module imports only from the layers above its own line, on the server and on the web alike. */
const layers = [
  ['core', 'filter', 'postgres'],
  ['mail'],
  ['people'],
  ['service', 'calendar'],
  ['item'],
  ['incident', 'problem', 'change', 'request', 'knowledge', 'cmdb', 'vendor', 'project'],
  ['record', 'guest'],
  [
    'bulk',
    'rule',
    'alert',
    'sla',
    'template',
    'oncall',
    'monitor',
    'status',
    'notify',
    'survey',
    'report',
    'webhook',
    'session',
    'desk',
  ],
  ['import'],
  ['portal', 'admin', 'demo', 'cli'],
]

const rules: Record<string, (from: Place, to: Place) => boolean> = {
  'shared runs on both sides, so it imports neither': (from, to) => from.side === 'shared' && to.side !== 'shared',
  'the two sides meet only in shared': (from, to) =>
    from.side !== 'shared' && to.side !== 'shared' && from.side !== to.side,
  'a module imports only from layers below it': (from, to) =>
    from.module !== to.module && from.layer >= 0 && to.layer >= from.layer,
  'a server module is entered by the file that bears its name': (from, to) =>
    to.side === 'server' && from.module !== to.module && to.layer > 0 && !to.path.endsWith(`/${to.module}.ts`),
  'every module has its place among the layers': (from) => from.side !== 'shared' && from.layer < 0,
}

type Place = ReturnType<typeof place>

function place(path: string) {
  const [side, module] = path.split('/')
  return { path, side, module, layer: layers.findIndex((layer) => side !== 'shared' && layer.includes(module ?? '')) }
}

function importsOf(file: string) {
  const found = readFileSync(file, 'utf8').matchAll(/(?:from|import|import\() ?'([#.][^']+)'/g)
  return [...found].map(([, target = '']) => (target.startsWith('#') ? target.slice(1) : join(dirname(file), target)))
}

const files = await Array.fromAsync(glob('{server,shared,web}/*/**/*.{ts,tsx}'))
const code = files.filter((file) => !/\.(test|fixture)\./.test(file))
const imports = code.flatMap((file) => importsOf(file).map((target) => ({ from: place(file), to: place(target) })))
const broken = Object.entries(rules).flatMap(([rule, breaks]) =>
  imports.filter(({ from, to }) => breaks(from, to)).map(({ from, to }) => `${from.path} → ${to.path}: ${rule}\n`),
)
process.stderr.write(broken.join(''))
process.exitCode = broken.length > 0 ? 1 : 0
