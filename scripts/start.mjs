// `npm start`: from a fresh clone to a page to open, with nothing but Node and npm on the machine.
import { spawn } from 'node:child_process'
import path from 'node:path'
import { build, follow, install, memoryFlags, node24, root, say, seconds } from './prepare.mjs'

const began = Date.now()
const installed = await install({ development: false })
const node = node24()
const built = await build(node)

// The channel is how the server says that it is ready, and how it learns that this script is gone.
const server = spawn(
  node,
  [...memoryFlags, path.join(root, 'dist', 'trellis.js'), 'serve', '--demo', ...process.argv.slice(2)],
  {
    cwd: root,
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    // A line for each page that somebody opens would bury the one line they need.
    env: { LOG_LEVEL: 'warn', ...process.env },
  },
)
// npm ends its shell on a polite kill, but the shell does not tell us: we only find ourselves with another parent.
const parent = process.ppid
setInterval(() => process.ppid === parent || server.kill('SIGTERM'), 500).unref()
server.on('message', ({ ready, database }) => {
  const parts = [installed && `install ${installed}`, built && `build ${built}`, `database ${database}`].filter(Boolean)
  say(`\nTrellis is ready in ${seconds(began)} (${parts.join(', ')}).\n\n    Open ${ready}\n\nPress Ctrl-C to stop.`)
})
process.exitCode = await follow(server)
