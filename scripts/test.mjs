// `npm test`: checks, then the whole suite on the embedded database, then the same suite on PostgreSQL where there is one.
// The last line is the sum of everything: "N passed, N failed". What is given after `npm test --` goes to vitest.
import fs from 'node:fs'
import path from 'node:path'
import { build, install, node24, root, run, say, seconds } from './prepare.mjs'

const began = Date.now()
/** More files than this do not fail by chance. */
const mostRetried = 3
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
  const wrong = []
  const count = ({ passed, failed, skipped = 0, names = [] }) => {
    total.passed += passed
    total.failed += failed
    total.skipped += skipped
    wrong.push(...names)
  }
  say('\nChecks')
  count(await runChecks(node))

  const postgres = await postgresForTests()
  try {
    say('\nThe suite on the embedded database')
    count(await suite('embedded', {}))
    if (postgres.url) {
      say(`\nThe suite on ${postgres.name}`)
      count(await suite('postgres', { TEST_DATABASE_URL: postgres.url, LEAVE_OUT_ALIKE: 'yes' }))
    } else say(`\nThe suite did not run on PostgreSQL: ${postgres.why}`)
  } finally {
    await postgres.stop?.()
  }

  // Last, because of a long output only the end is kept in many places.
  if (wrong.length > 0) say(`\nWhat failed:\n${wrong.join('\n')}`)
  say(`\nAll of it took ${seconds(began)}.`)
  say(`${total.passed} passed, ${total.failed} failed${total.skipped ? `, ${total.skipped} skipped` : ''}`)
  return total.failed ? 1 : 0
}

async function suite(name, env) {
  const whole = await vitest(name, env, process.argv.slice(2))
  if (whole.failed === 0 || whole.files.length === 0 || whole.files.length > mostRetried) return whole
  // Twenty browsers and databases side by side on a small machine: a test that only failed for that passes by itself.
  // It is named all the same, so that somebody mends it.
  say(`\nOnce more, by themselves: ${whole.files.join(', ')}`)
  const again = await vitest(`${name}-again`, env, [...whole.files, '--no-file-parallelism'])
  return {
    ...whole,
    passed: whole.passed + whole.failed - again.failed,
    failed: again.failed,
    names: again.failed > 0 ? again.names : whole.names.map((line) => `${line} (passed by itself)`),
  }
}

async function vitest(name, env, args) {
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
      ...args,
    ],
    { env: { ...others, ...env } },
  )
  if (!fs.existsSync(report)) return { passed: 0, failed: 1, files: [], names: [`${name}: the run ended early`] }
  const told = JSON.parse(fs.readFileSync(report, 'utf8'))
  const broken = told.testResults.filter(({ status }) => status === 'failed')
  const files = broken.map((file) => path.relative(root, file.name))
  const names = broken.flatMap((file, i) => {
    const tests = file.assertionResults.filter(({ status }) => status === 'failed')
    const line = (what, why) => `${name}: ${files[i]}: ${what}: ${(why ?? '').split('\n')[0]}`
    return tests.length > 0
      ? tests.map(({ fullName, failureMessages }) => line(fullName, failureMessages[0]))
      : [line('the file itself', file.message)]
  })
  // An error outside any test fails the run without failing a test.
  if (code !== 0 && names.length === 0) names.push(`${name}: an error outside any test`)
  return {
    passed: told.numPassedTests,
    failed: names.length,
    skipped: told.numPendingTests + told.numTodoTests,
    files,
    names,
  }
}
