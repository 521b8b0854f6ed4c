import { execFile } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { columns, population } from '../../test/population.ts'
import { projectRoot } from '../platform/index.ts'

const run = promisify(execFile)

test('trellis link, as it is built, links a file on two threads, says how well, and writes a page that opens', async () => {
  const { build } = (await import('../../scripts/prepare.mjs' as string)) as { build: (node: string) => Promise<void> }
  await build(process.execPath)
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'trellis-link-'))
  try {
    const county = population(9, 1500).map(({ person, values }, i) => [`r${i}`, person.id, ...values].join(','))
    const file = path.join(folder, 'county.csv')
    fs.writeFileSync(file, [['id', 'cluster', ...columns].join(','), ...county, 'r9,"not closed'].join('\n'))
    const [page, clusters] = ['page.html', 'clusters.csv'].map((name) => path.join(folder, name)) as [string, string]
    const { stdout, stderr } = await run(
      process.execPath,
      ['dist/trellis.js', 'link', file, '--threads', '2', '--report', page, '--clusters', clusters],
      { cwd: projectRoot },
    )
    expect(stderr).toContain('comparing')
    expect(stdout).toContain('1500 records')
    expect(stdout).toMatch(/could not be read, left out: 1\.[^]*line 1502: a quotation mark is not closed/)
    const [, f1] = /Against cluster, clusters: .* F1 (0\.\d+)/.exec(stdout)!
    expect(Number(f1)).toBeGreaterThan(0.85)
    expect(fs.readFileSync(page, 'utf8')).toMatch(/^<!doctype html>[^]*Against the truth[^]*<\/html>\s*$/i)
    expect(fs.readFileSync(clusters, 'utf8').trim().split('\n').length).toBe(1501)
    await expect(
      run(process.execPath, ['dist/trellis.js', 'link', file, '--threads', 'many'], { cwd: projectRoot }),
    ).rejects.toThrow('--threads is a number')
  } finally {
    fs.rmSync(folder, { recursive: true })
  }
}, 120_000)
