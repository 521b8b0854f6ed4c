import fs from 'node:fs'
import { configDefaults, defineConfig } from 'vitest/config'

const tests = fs.globSync('{src,test}/**/*.test.{ts,tsx}')
/** Without the three of the suite's own tools that make people, chances and files, and know no database. */
const textOf = (file: string): string =>
  fs.readFileSync(file, 'utf8').replaceAll(/\btest\/(population|random|report-files)\.ts/g, '')

/**
 * What no database can change: how pages look and read in a browser, and what asks no database at all. Where the suite
 * runs on both, these run on the embedded one alone; the whole story walks on both.
 */
const alike = [
  'test/journeys/!(whole-story).test.ts',
  'src/guidance/printables/*.test.ts',
  'src/sharing/exhaustion.test.ts',
  ...tests.filter((file) => !/\btest\/|'\.\.?\/(house|ground)|inject\(|openEmbedded|openPostgres/.test(textOf(file))),
]

/** A module that is replaced has to be the first that its file loads. */
const replacing = tests.filter((file) => /\bvi\.mock\(/.test(textOf(file)))

export default defineConfig({
  test: {
    exclude: [...configDefaults.exclude, ...(process.env['LEAVE_OUT_ALIKE'] ? alike : [])],
    globalSetup: 'test/global-setup.ts',
    // Long enough for a browser beside other work on a small machine; what waits for itself waits for ever.
    testTimeout: 90_000,
    hookTimeout: 60_000,
    // What is waited for comes late on a busy machine, and is no less right.
    expect: { poll: { timeout: 15_000 } },
    // On PostgreSQL, which has processes of its own, three are done sooner than two; on the embedded database as soon.
    maxWorkers: 3,
    projects: [
      { extends: true, test: { name: 'alone', include: replacing } },
      // Nine hundred modules take longer to load than most files take to run, so two processes load them once each. What
      // they remember they remember by house, key or edition, as a server does, and each file has a house of its own.
      {
        extends: true,
        test: { name: 'together', include: ['{src,test}/**/*.test.{ts,tsx}'], exclude: replacing, isolate: false },
      },
    ],
  },
})
