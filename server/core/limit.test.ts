import { expect, test } from 'vitest'
import { testDesk } from '#test/desk.ts'

test('the limit of requests counts the API, however its address is written, and not the files of the pages', async () => {
  const { app, inject } = await testDesk({ requestsPerMinute: 4 })
  app.get('/', () => 'a page')
  app.get('/*', () => 'a file of the page')
  const statuses = async (...urls: string[]) => {
    const replies = []
    for (const url of urls) replies.push(await inject({ method: 'GET', url }))
    return replies.map(({ statusCode }) => statusCode)
  }
  expect(await statuses('/', '/assets/a.js', '/assets/b.js', '/assets/c.js', '/assets/d.js')).toEqual(
    Array.from({ length: 5 }, () => 200),
  )
  expect(await statuses('/api/health', '/%61pi/health', '/api/nothing-here', '/api/health')).toEqual([
    200, 200, 404, 200,
  ])
  const refused = await inject({ method: 'GET', url: '/%61pi/health' })
  expect(refused.statusCode).toBe(429)
  expect(refused.headers).toMatchObject({
    'retry-after': '60',
    'content-type': expect.stringContaining('problem+json'),
  })
  expect(await statuses('/', '/assets/a.js')).toEqual([200, 200])
})
