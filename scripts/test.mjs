// `npm test`: checks, then the whole suite on the embedded database, then the same suite on PostgreSQL where there is one.
// The last line is the sum of everything: "N passed, N failed". What is given after `npm test --` goes to vitest.
import fs from 'node:fs'
import path from 'node:path'
import { build, install, node24, root, run, say, seconds } from './prepare.mjs'

const began = Date.now()
await install({ development: true })
const node = node24()
if (node !== process.execPath) {
  process.exitCode = await run(node, process.argv.slice(1))
} else {
  await build(node)
  process.exitCode = await everything()
}

async function everything() {
  const { runChecks } = await import('./check.mjs')
  const { postgresForTests } = await import('./test-postgres.mjs')
  const total = { passed: 0, failed: 0, skipped: 0 }
  const count = ({ passed, failed, skipped = 0 }) => {
    total.passed += passed
    total.failed += failed
    total.skipped += skipped
  }
  say('\nChecks')
  count(await runChecks(node))

  say('\nThe suite on the embedded database')
  count(await suite('embedded', {}))

  const postgres = await postgresForTests()
  if (postgres.url) {
    say(`\nThe suite on ${postgres.name}`)
    try {
      count(await suite('postgres', { TEST_DATABASE_URL: postgres.url }))
    } finally {
      await postgres.stop()
    }
  } else say(`\nThe suite did not run on PostgreSQL: ${postgres.why}`)

  say(`\nAll of it took ${seconds(began)}.`)
  say(`${total.passed} passed, ${total.failed} failed${total.skipped ? `, ${total.skipped} skipped` : ''}`)
  return total.failed ? 1 : 0
}

async function suite(name, env) {
  const report = path.join(root, '.cache', `tests-${name}.json`)
  fs.rmSync(report, { force: true })
  const others = { ...process.env }
  delete others['TEST_DATABASE_URL']
  const code = await run(
    node,
    [
      path.join(root, 'node_modules', 'vitest', 'vitest.mjs'),
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
      ...process.argv.slice(2),
    ],
    { env: { ...others, ...env } },
  )
  if (!fs.existsSync(report)) return { passed: 0, failed: 1 }
  const told = JSON.parse(fs.readFileSync(report, 'utf8'))
  const failed =
    told.numFailedTests +
    told.testResults.filter(({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0)
      .length
  return {
    passed: told.numPassedTests,
    // An error outside any test fails the run without failing a test.
    failed: code !== 0 && failed === 0 ? 1 : failed,
    skipped: told.numPendingTests + told.numTodoTests,
  }
}
