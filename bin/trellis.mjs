#!/usr/bin/env node
// The `trellis` command: installs and builds when that has not been done, then hands over.
import path from 'node:path'
import { build, install, linkEnvironment, memoryFlags, node24, root, run } from '../scripts/prepare.mjs'

await install({ development: false })
const node = node24()
await build(node)
// A server keeps small; linking is one command, which may take what its files need.
const isLinking = process.argv[2] === 'link'
const flags = isLinking ? [] : memoryFlags
process.exitCode = await run(node, [...flags, path.join(root, 'dist', 'trellis.js'), ...process.argv.slice(2)], {
  cwd: process.cwd(),
  env: { ...(isLinking && linkEnvironment), ...process.env },
})
