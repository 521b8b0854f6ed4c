// A PostgreSQL to run the suite on: the one TEST_DATABASE_URL names, or one of our own that lives as long as the tests do.
import { execFileSync, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'

/** Returns `{ url, name, stop }`, or `{ why }` when there is none to be had. */
export const postgresForTests = async () => {
  const given = process.env['TEST_DATABASE_URL']
  if (given) return { url: given, name: 'the PostgreSQL of TEST_DATABASE_URL', stop: async () => {} }
  const programs = findPrograms()
  if (!programs) return { why: 'no TEST_DATABASE_URL is set, and no PostgreSQL server is installed here.' }
  const user = plainUser()
  if (!user) return { why: 'PostgreSQL does not run as root, and there is no user postgres or nobody to run it as.' }
  return startServer(programs, user)
}

const findPrograms = () => {
  const installed = '/usr/lib/postgresql'
  const versions = fs.existsSync(installed) ? fs.readdirSync(installed).sort((a, b) => Number(b) - Number(a)) : []
  const folders = [
    ...versions.map((version) => path.join(installed, version, 'bin')),
    ...(process.env['PATH'] ?? '').split(path.delimiter),
  ]
  return folders.find((folder) => ['initdb', 'postgres'].every((name) => fs.existsSync(path.join(folder, name))))
}

/** As whom: oneself, unless that is root, whom PostgreSQL refuses. */
const plainUser = () => {
  if (process.getuid() !== 0) return {}
  for (const name of ['postgres', 'nobody'])
    try {
      const id = (flag) => Number(execFileSync('id', [flag, name], { stdio: ['ignore', 'pipe', 'ignore'] }))
      return { uid: id('-u'), gid: id('-g') }
    } catch {
      // No such user here.
    }
  return undefined
}

const startServer = async (programs, user) => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'trellis-postgres-'))
  const discard = () => fs.rmSync(folder, { recursive: true, force: true })
  try {
    if (user.uid !== undefined) fs.chownSync(folder, user.uid, user.gid)
    const data = path.join(folder, 'data')
    const password = randomBytes(16).toString('hex')
    const passwordFile = path.join(folder, 'password')
    fs.writeFileSync(passwordFile, password, { mode: 0o600 })
    if (user.uid !== undefined) fs.chownSync(passwordFile, user.uid, user.gid)
    const as = { ...user, cwd: folder, env: { PATH: process.env['PATH'], LC_ALL: 'C.UTF-8', HOME: folder } }
    execFileSync(
      path.join(programs, 'initdb'),
      ['-D', data, '-U', 'trellis', '-E', 'UTF8', '--auth=scram-sha-256', `--pwfile=${passwordFile}`, '--no-sync'],
      { ...as, stdio: ['ignore', 'ignore', 'pipe'] },
    )
    const port = await freePort()
    // What the tests write is thrown away: nothing here has to survive a power cut.
    const settings = {
      port,
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
      fsync: 'off',
      full_page_writes: 'off',
      synchronous_commit: 'off',
      // A restore empties a whole house in one transaction, and two tests may do so at once.
      max_locks_per_transaction: 256,
    }
    const server = spawn(
      path.join(programs, 'postgres'),
      ['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
      { ...as, stdio: 'ignore' },
    )
    const ended = new Promise((resolve) => server.on('exit', resolve).on('error', resolve))
    const stop = async () => {
      server.kill('SIGINT')
      await ended
      discard()
    }
    const url = `postgres://trellis:${password}@127.0.0.1:${port}/postgres`
    const version = await firstAnswer(url, server)
    if (version) return { url, name: `PostgreSQL ${version}`, stop }
    await stop()
    return { why: 'the PostgreSQL server that is installed here did not start.' }
  } catch (error) {
    discard()
    return {
      why: `the PostgreSQL server that is installed here could not be set up: ${String(error.stderr || error.message).trim()}`,
    }
  }
}

const freePort = () =>
  new Promise((resolve) => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })

const firstAnswer = async (url, server) => {
  const { default: pg } = await import('pg')
  for (let tries = 0; tries < 100 && server.exitCode === null; tries++) {
    const client = new pg.Client({ connectionString: url })
    try {
      await client.connect()
      return (await client.query('show server_version')).rows[0].server_version
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 200))
    } finally {
      await client.end().catch(() => {})
    }
  }
  return undefined
}
