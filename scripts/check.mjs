// `npm run check`: types, lint, format and floor plan. Each is one tool; all are run, and what failed is shown in full.
import { spawn } from 'node:child_process'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { root, say, seconds } from './prepare.mjs'

const tool = (...parts) => path.join(root, 'node_modules', ...parts)

const checks = {
  types: [tool('typescript7', 'bin', 'tsc'), '-p', '.', '--noEmit'],
  lint: [tool('eslint', 'bin', 'eslint.js'), '--cache', '--cache-location', '.cache/eslint', '.'],
  format: [tool('prettier', 'bin', 'prettier.cjs'), '--log-level', 'warn', '--check', '.'],
  'floor plan': [
    tool('dependency-cruiser', 'bin', 'dependency-cruiser.mjs'),
    'src',
    '--config',
    'dependency-cruiser.config.mjs',
  ],
}

/** Runs every check, two at a time. Returns how many passed and how many did not. */
export const runChecks = async (node) => {
  const waiting = Object.entries(checks)
  const outcomes = []
  const lane = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) outcomes.push(await check(node, ...next))
  }
  await Promise.all([lane(), lane()])
  return { passed: outcomes.filter(Boolean).length, failed: outcomes.filter((fine) => !fine).length }
}

const check = async (node, name, args) => {
  const began = Date.now()
  const child = spawn(node, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += text))
  const code = await new Promise((resolve) => child.on('close', resolve).on('error', () => resolve(127)))
  say(`${code === 0 ? 'ok  ' : 'FAIL'}  ${name}  ${seconds(began)}`)
  if (code !== 0) say(said.trimEnd())
  return code === 0
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { failed } = await runChecks(process.execPath)
  process.exitCode = failed ? 1 : 0
}
