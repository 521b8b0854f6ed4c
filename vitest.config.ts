import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'test/**/*.test.{ts,tsx}'],
    globalSetup: 'test/global-setup.ts',
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // What is waited for comes late on a busy machine, and is no less right.
    expect: { poll: { timeout: 15_000 } },
    maxWorkers: 2,
  },
})
