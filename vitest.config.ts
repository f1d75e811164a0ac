import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{server,shared,web,scripts,test,faults}/**/*.test.{ts,tsx}'],
    globalSetup: ['test/template.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    silent: 'passed-only',
  },
})
