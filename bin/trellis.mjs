#!/usr/bin/env node
// The `trellis` command: installs and builds when that has not been done, then hands over.
import path from 'node:path'
import { build, install, memoryFlags, node24, root, run } from '../scripts/prepare.mjs'

await install({ development: false })
const node = node24()
await build(node)
process.exitCode = await run(node, [...memoryFlags, path.join(root, 'dist', 'trellis.js'), ...process.argv.slice(2)], {
  cwd: process.cwd(),
})
