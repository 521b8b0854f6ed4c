import { spawn, spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { lockFolder } from './folder-lock.ts'
import { projectRoot } from './root.ts'

let folder: string
let lock: string
beforeEach(() => {
  folder = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'trellis-lock-')), 'database')
  lock = `${folder}.lock`
})
afterEach(() => fs.rmSync(path.dirname(folder), { recursive: true, force: true }))

const script = `import { lockFolder } from ${JSON.stringify(path.join(projectRoot, 'src/platform/folder-lock.ts'))}
try { lockFolder(process.argv[1]); console.log('mine'); setTimeout(() => {}, 60_000) } catch (error) { console.log(error.message) }`
/** Another process that tries for the lock and, when it gets it, keeps it until it is killed. */
const other = () => {
  const child = spawn(process.execPath, ['--input-type=module', '-e', script, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const said = new Promise<string>((resolve) =>
    child.stdout.once('data', (text: Buffer) => resolve(text.toString().trim())),
  )
  return { child, said }
}

test('a folder is held once, and let go', () => {
  const unlock = lockFolder(folder)
  expect(() => lockFolder(folder)).toThrow('already open in this process')
  unlock()
  expect(fs.readdirSync(path.dirname(folder))).toEqual([])
  lockFolder(folder)()
})

test('a living holder is named and never times out', async () => {
  const { child, said } = other()
  expect(await said).toBe('mine')
  expect(() => lockFolder(folder)).toThrow(`in use by process ${child.pid}`)
  child.kill('SIGKILL')
  await new Promise((resolve) => child.on('exit', resolve))
  lockFolder(folder)()
})

test('of many that start at once one has it, also when a dead lock lies there', async () => {
  const dead = spawnSync(process.execPath, ['-e', '']).pid
  fs.writeFileSync(lock, `${dead} long-ago`)
  const all = Array.from({ length: 6 }, other)
  const said = await Promise.all(all.map((one) => one.said))
  for (const { child } of all) child.kill('SIGKILL')
  expect(said.filter((text) => text === 'mine')).toHaveLength(1)
})

test('a number that another process has by now is no holder', () => {
  fs.writeFileSync(lock, `${process.ppid} the-machine-before-it-was-restarted 17`)
  lockFolder(folder)()
})

test('our own number in the file is yesterday’s: in a container every server has the same', () => {
  fs.writeFileSync(lock, `${process.pid} yesterday 17`)
  lockFolder(folder)()
})

test('a lock that holds nothing to be read is taken over', () => {
  fs.writeFileSync(lock, '')
  lockFolder(folder)()
})
