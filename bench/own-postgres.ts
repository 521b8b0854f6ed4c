import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'

/**
 * A PostgreSQL server of the measurement's own, in a temporary folder, so that it can be killed. PostgreSQL refuses to
 * run as root; then it runs as the user `postgres`.
 * @throws {Error} when no PostgreSQL is installed
 */
export const startOwnPostgres = async () => {
  const bin = newest('/usr/lib/postgresql')
  if (!bin) throw new Error('No PostgreSQL server is installed here (looked in /usr/lib/postgresql).')
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'trellis-pg-'))
  const data = path.join(folder, 'data')
  const port = 40_000 + (process.pid % 20_000)
  const root = process.getuid?.() === 0
  if (root) execFileSync('chown', ['postgres', folder])
  const run = (program: string, ...words: string[]) =>
    root
      ? execFileSync('runuser', ['-u', 'postgres', '--', path.join(bin, program), ...words], {
          stdio: 'ignore',
          cwd: folder,
        })
      : execFileSync(path.join(bin, program), words, { stdio: 'ignore', cwd: folder })
  run('initdb', '-D', data, '-U', 'owner', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8')
  const start = async (tries = 20): Promise<void> => {
    try {
      run(
        'pg_ctl',
        '-D',
        data,
        '-w',
        '-t',
        '60',
        '-l',
        path.join(folder, 'log'),
        '-o',
        `-p ${port} -k ${folder} -c listen_addresses=127.0.0.1`,
        'start',
      )
    } catch (error) {
      // The last of the killed processes may still hold the shared memory for a moment.
      if (tries === 0) throw error
      await new Promise((resolve) => setTimeout(resolve, 250))
      return start(tries - 1)
    }
  }
  await start()
  return {
    url: `postgres://owner@127.0.0.1:${port}/postgres`,
    start: () => start(),
    /** Signal 9 to the server and every process of it, as when the machine's memory runs out. */
    kill: async () => {
      const pid = Number(fs.readFileSync(path.join(data, 'postmaster.pid'), 'utf8').split('\n', 1)[0])
      const children = execFileSync('ps', ['-o', 'pid=', '--ppid', String(pid)], { encoding: 'utf8' })
        .trim()
        .split(/\s+/)
        .map(Number)
      process.kill(pid, 'SIGKILL')
      for (const child of children) {
        try {
          process.kill(child, 'SIGKILL')
        } catch {
          // It went with its parent.
        }
      }
      await new Promise((resolve) => setTimeout(resolve, 100))
    },
    remove: async () => {
      run('pg_ctl', '-D', data, '-m', 'immediate', 'stop')
      fs.rmSync(folder, { recursive: true, force: true })
    },
  }
}

const newest = (folder: string): string | undefined => {
  if (!fs.existsSync(folder)) return undefined
  const version = fs.readdirSync(folder).sort((a, b) => Number(b) - Number(a))[0]
  return version && path.join(folder, version, 'bin')
}
