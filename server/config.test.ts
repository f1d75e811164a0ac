import { readFile } from 'node:fs/promises'
import { glob } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { describeSettings, readConfig, WrongConfig } from './config.ts'

const bucket = {
  S3_ENDPOINT: 'https://s3.example.org',
  S3_BUCKET: 'desk',
  S3_ACCESS_KEY_ID: 'key',
  S3_SECRET_ACCESS_KEY: 'secret',
}

const said = (env: NodeJS.ProcessEnv) => {
  try {
    readConfig(env)
    return ''
  } catch (error) {
    if (!(error instanceof WrongConfig)) throw error
    return error.message
  }
}

test('a bucket is named by all of its settings', () => {
  expect(readConfig(bucket).bucket).toEqual({
    endpoint: 'https://s3.example.org',
    bucket: 'desk',
    region: 'us-east-1',
    keyId: 'key',
    secret: 'secret',
  })
  expect(readConfig({ ...bucket, S3_REGION: 'eu-north-1' }).bucket).toMatchObject({ region: 'eu-north-1' })
  expect(readConfig({}).bucket).toBeNull()
})

test.for<[env: NodeJS.ProcessEnv, said: string]>([
  [{ ...bucket, S3_SECRET_ACCESS_KEY: '' }, 'so S3_SECRET_ACCESS_KEY must be as well'],
  [{ S3_BUCKET: 'desk' }, 'S3_BUCKET is set, so S3_ENDPOINT, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY must be as well'],
  [{ ...bucket, S3_ENDPOINT: 's3.example.org' }, 'S3_ENDPOINT must be an address that begins with http:// or https://'],
  [{ ...bucket, S3_BUCKET: 'a/b' }, 'S3_BUCKET must be the name of a bucket'],
  [{ ATTACHMENT_SCAN: '  ' }, 'ATTACHMENT_SCAN must be a command'],
  [{ SMTP_URL: 'smtp://mail.example.org' }, 'SMTP_URL is set, so MAIL_FROM must say who the mail comes from'],
  [{ PREPARED_STATEMENTS: 'no' }, 'PREPARED_STATEMENTS must be on or off'],
])('%o is refused: %s', ([env, sentence]) => {
  expect(said(env)).toContain(sentence)
})

test('every setting is read in one place, and told in the help and in the manual', async () => {
  const names = [...describeSettings().matchAll(/^ {2}([A-Z\d_]+) /gm)].map(([, name]) => name!)
  expect(names).toContain('ATTACHMENT_SCAN')
  const manual = await readFile('docs/operate.md', 'utf8')
  const rows = manual.split('\n').filter((line) => line.startsWith('| `'))
  for (const name of names)
    expect(
      rows.some((row) => row.split('|')[1]!.includes(`\`${name}\``)),
      name,
    ).toBe(true)
  for await (const file of glob('server/**/*.ts')) {
    if (/\.(test|fixture)\.ts$/.test(file)) continue
    expect(await readFile(file, 'utf8'), file).not.toMatch(/process\.env(\[|\.\w)/)
  }
})
