import fs from 'node:fs'
import { expect, test } from 'vitest'
import { keysOf, projectRoot, readConfig } from '../src/platform/index.ts'
import { jobsWith } from '../src/app.ts'

test('every job that is left for later has somebody who does it, so that none ends up dead', () => {
  const sources = fs
    .globSync('src/**/*.ts', { cwd: projectRoot })
    .filter((file) => !file.endsWith('.test.ts'))
    .map((file) => fs.readFileSync(`${projectRoot}/${file}`, 'utf8'))
  const left = sources.flatMap((text) => [...text.matchAll(/enqueue\(\w+, \w+, '([^']+)'/g)].map(([, kind]) => kind!))
  expect(new Set(left).size).toBeGreaterThanOrEqual(5)
  const jobs = Object.keys(jobsWith(keysOf(readConfig({}))))
  for (const kind of left) expect(jobs, kind).toContain(kind)
})
