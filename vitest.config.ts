import fs from 'node:fs'
import { configDefaults, defineConfig } from 'vitest/config'

/**
 * What no database can change: how pages look and read in a browser, and what asks no database at all. Where the suite
 * runs on both, these run on the embedded one alone; the whole story walks on both.
 */
const alike = [
  'test/journeys/!(whole-story).test.ts',
  'src/guidance/printables/*.test.ts',
  'src/sharing/exhaustion.test.ts',
  ...fs
    .globSync('{src,test}/**/*.test.{ts,tsx}')
    .filter(
      (file) =>
        !/\btest\/|'\.\.?\/(house|ground)|inject\(|openEmbedded|openPostgres/.test(fs.readFileSync(file, 'utf8')),
    ),
]

export default defineConfig({
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'test/**/*.test.{ts,tsx}'],
    exclude: [...configDefaults.exclude, ...(process.env['LEAVE_OUT_ALIKE'] ? alike : [])],
    globalSetup: 'test/global-setup.ts',
    // Long enough for a browser beside other work on a small machine; what waits for itself waits for ever.
    testTimeout: 90_000,
    hookTimeout: 60_000,
    // What is waited for comes late on a busy machine, and is no less right.
    expect: { poll: { timeout: 15_000 } },
    maxWorkers: 2,
  },
})
