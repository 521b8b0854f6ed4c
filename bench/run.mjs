// Runs a measurement: bundles it (the pages it may reach hold JSX, which Node alone does not read) and starts it.
//   npm run bench -- load postgres
import path from 'node:path'
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const [name, ...words] = process.argv.slice(2)
const names = [
  'load',
  'kill',
  'kill-writing',
  'weight',
  'start',
  'sharing',
  'support',
  'contexts',
  'revocation',
  'audit',
  'alike',
  'link',
  'library',
  'lookup',
  'clk',
  'network',
  'proxy',
  'feeds',
  'growth',
  'suspicions',
]
if (!names.includes(name)) {
  console.log(`Which measurement? One of: ${names.join(', ')}. Each says at its top what it takes.`)
  process.exit(2)
}
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
const outfile = path.join(root, '.cache/bench', `${name}.js`)
await build({
  entryPoints: {
    [name]: path.join(root, 'bench', `${name}.ts`),
    // What some of them start beside themselves.
    'link-worker': path.join(root, 'src/joining/link-worker.ts'),
    relink: path.join(root, 'bench/relink.ts'),
    'proxy-run': path.join(root, 'bench/proxy-run.ts'),
  },
  outdir: path.dirname(outfile),
  bundle: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  logLevel: 'warning',
})
const child = spawn(process.execPath, [outfile, ...words], { stdio: 'inherit', cwd: root })
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
child.on('exit', (code) => process.exit(code ?? 1))
