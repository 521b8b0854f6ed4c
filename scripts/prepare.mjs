// What `npm start` and `npm test` need before anything else. Plain JavaScript that an old Node runs too, without a
// dependency: on a fresh clone there is nothing but Node and npm.
import { spawn, spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
const at = (...parts) => path.join(root, ...parts)

export const say = (line) => console.log(line)
export const giveUp = (sentence) => {
  console.error(sentence)
  process.exit(1)
}
export const seconds = (since) => `${((Date.now() - since) / 1000).toFixed(1)} s`

const changed = (file) => (fs.existsSync(file) ? fs.statSync(file).mtimeMs : 0)

/** Installs what the lock file names, unless it is there already. Returns how long it took, or undefined. */
export const install = async ({ development }) => {
  // npm writes this file last, so an install that was interrupted is seen as none.
  const fresh = changed(at('node_modules', '.package-lock.json')) >= changed(at('package-lock.json'))
  if (fresh && (!development || fs.existsSync(at('node_modules', 'vitest')))) return undefined
  const began = Date.now()
  say('Installing what package-lock.json names (npm ci) …')
  // NODE_ENV=production would leave out the tools that the tests are made of.
  const code = await run('npm', ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'])
  if (code !== 0) giveUp('npm ci did not work: see what it said above. It needs to reach the npm registry.')
  return seconds(began)
}

/** A Node that is new enough: this one, or the one that npm has just installed. Ends with a sentence when there is none. */
export const node24 = () => {
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath
  const installed = at('node_modules', '.bin', 'node')
  if (fs.existsSync(installed) && spawnSync(installed, ['--version']).status === 0) return installed
  return giveUp(
    `Trellis needs Node 24 or newer; this is Node ${process.versions.node}, and npm has none to offer for ${os.platform()} on ${os.arch()}. ` +
      'Install Node 24 from nodejs.org and try again.',
  )
}

/** Builds dist/ unless it is newer than everything it is made of. Returns how long it took, or undefined. */
export const build = async (node) => {
  const built = Math.min(changed(at('dist', 'trellis.js')), changed(at('dist', 'assets', 'manifest.json')))
  const sources = ['src', 'content/strings', 'scripts/build.mjs', 'package-lock.json'].map((name) => at(name))
  if (built > Math.max(...sources.map(newest))) return undefined
  const began = Date.now()
  say('Building …')
  if ((await run(node, [at('scripts', 'build.mjs')])) !== 0) giveUp('The build did not work: see what it said above.')
  return seconds(began)
}

const newest = (name) => {
  const { mtimeMs } = fs.statSync(name)
  if (!fs.statSync(name).isDirectory()) return mtimeMs
  return Math.max(mtimeMs, ...fs.readdirSync(name).map((entry) => newest(path.join(name, entry))))
}

/** Runs a program to its end; Ctrl-C and a polite kill reach it. Resolves with its exit code. */
export const run = (program, args, options = {}) =>
  follow(spawn(program, args, { stdio: 'inherit', cwd: root, ...options }))

/** Passes signals on to a running child and resolves with the code to exit with when it ends. */
export const follow = (child) => {
  const pass = (signal) => child.kill(signal)
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  for (const signal of signals) process.on(signal, pass)
  return new Promise((resolve) => {
    const end = (code) => {
      for (const signal of signals) process.off(signal, pass)
      resolve(code)
    }
    child.on('error', (error) => {
      console.error(`${child.spawnfile} could not be started: ${error.code}`)
      end(127)
    })
    child.on('exit', (code, signal) => end(code ?? 128 + (os.constants.signals[signal] ?? 0)))
  })
}

// Small young and bounded old space: the server keeps under 200 MB of memory where left to itself it takes 340, and is
// no slower for it. Files and the embedded database lie outside these.
export const memoryFlags = JSON.parse(fs.readFileSync(path.join(root, 'scripts/memory-flags.json'), 'utf8'))

// Linking goes through memory in no order, and large pages of it spare a tenth of comparing. glibc asks the system for them
// when told so before the start; where that is not the C library it is a name that nobody reads.
export const linkEnvironment = JSON.parse(fs.readFileSync(path.join(root, 'scripts/link-environment.json'), 'utf8'))
