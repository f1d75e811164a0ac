import { expect, test } from 'vitest'
import { printOpenapi } from '../../scripts/openapi.ts'
import { routes, served } from '#server/modules.ts'

interface Operation {
  readonly operationId: string
  readonly summary: string
  readonly tags: readonly string[]
  readonly security?: readonly object[]
  readonly parameters?: readonly { readonly name?: string; readonly in?: string; readonly $ref?: string }[]
  readonly responses: Record<string, object>
  readonly 'x-permission': string
}

const printed = await printOpenapi()
const contract = JSON.parse(printed) as {
  openapi: string
  info: { version: string }
  paths: Record<string, Record<string, Operation>>
}
const operations = Object.entries(contract.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, ...operation })),
)

const shape = (path: string) => path.replaceAll(/:(\w+)/g, '{$1}').replace('*', '{file}')
const sorted = (list: readonly string[]) => list.toSorted((a, b) => (a < b ? -1 : 1))

test('every route that is served is in the contract, and nothing else', () => {
  const all = [...served.map(({ endpoint }) => endpoint), ...routes]
  expect(sorted(operations.map(({ method, path }) => `${method.toUpperCase()} ${path}`))).toEqual(
    sorted(all.map(({ method, path }) => `${method} ${shape(path)}`)),
  )
})

test('every operation says what it needs, and has a name of its own', () => {
  expect(contract.openapi).toMatch(/^3\.1\./)
  expect(contract.info.version).toMatch(/^\d+\.\d+\.\d+/)
  expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length)
  for (const one of operations) {
    expect(one.summary).not.toBe('')
    expect(one['x-permission']).not.toBe('')
    expect(one.security).toEqual(one['x-permission'] === 'anyone' ? [] : undefined)
    expect(one.responses).toHaveProperty('default')
  }
})

test('the names in each path are its parameters', () => {
  for (const { path, parameters = [] } of operations) {
    const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
    const inPath = parameters.filter((one) => one.in === 'path').map(({ name = '' }) => name)
    expect(sorted(inPath)).toEqual(sorted(named))
  }
})

test('whatever is referred to is there', () => {
  const references = [...printed.matchAll(/"\$ref": "#\/([^"]+)"/g)].map(([, path = '']) => path)
  expect(references.length).toBeGreaterThan(100)
  for (const reference of new Set(references)) {
    const found = reference.split('/').reduce<unknown>((at, name) => (at as Record<string, unknown>)?.[name], contract)
    expect(found, reference).toBeTypeOf('object')
  }
  expect(printed).not.toContain('$defs')
})

test('a write can carry an Idempotency-Key, and a read need not', () => {
  for (const { method, path, parameters = [], responses } of operations) {
    const isJson = JSON.stringify(responses).includes('application/json')
    if (!isJson) continue
    const key = parameters.some(({ $ref }) => $ref?.endsWith('/IdempotencyKey'))
    expect(key, `${method} ${path}`).toBe(method !== 'get')
  }
})
