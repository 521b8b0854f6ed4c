// Builds the server into dist/ and what browsers load into dist/assets/, each under a name that changes with its contents.
// With --assets only the latter.
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import zlib from 'node:zlib'
import { build } from 'esbuild'
import { compile } from 'sass'

const root = path.resolve(import.meta.dirname, '..')
const out = path.join(root, 'dist')
const assets = path.join(out, 'assets')
fs.mkdirSync(assets, { recursive: true })

if (!process.argv.includes('--assets'))
  await build({
    // The others are what threads run, of a linkage, of a large picture and of a file somebody sent: they stand beside the program, as their sources
    // do beside their own.
    entryPoints: {
      trellis: path.join(root, 'src/trellis.ts'),
      'link-worker': path.join(root, 'src/joining/link-worker.ts'),
      'layout-worker': path.join(root, 'src/joining/network/layout-worker.ts'),
      'reading-worker': path.join(root, 'src/learning/reading/reading-worker.ts'),
    },
    outdir: out,
    bundle: true,
    packages: 'external',
    platform: 'node',
    target: 'node24',
    format: 'esm',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    sourcemap: true,
    logLevel: 'warning',
  })

// One letter beyond Latin-1 makes the engine keep the whole program in twice the memory: 5 MB. Patterns alone still hold such,
// and what is written with `String.raw`, which must be a pattern too.
for (const name of process.argv.includes('--assets') ? [] : fs.readdirSync(out).filter((one) => one.endsWith('.js'))) {
  const text = fs.readFileSync(path.join(out, name), 'utf8')
  const escaped = (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`
  fs.writeFileSync(path.join(out, name), text.replace(/[\u0080-\uffff]/g, escaped))
}

// What an agency runs in its own building, where nothing else of this is: everything in one file.
if (!process.argv.includes('--assets'))
  await build({
    entryPoints: [path.join(root, 'src/joining/blind/encode-alone.ts')],
    outfile: path.join(out, 'trellis-encode.mjs'),
    bundle: true,
    platform: 'node',
    target: 'node22',
    format: 'esm',
    banner: { js: '#!/usr/bin/env node' },
    logLevel: 'warning',
  })

const manifest = {}
const keep = (name, bytes) => {
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 10)
  const built = name.replace(/(\.\w+)$/, `-${hash}$1`)
  manifest[name] = built
  write(built, bytes)
}
const write = (name, bytes) => {
  fs.writeFileSync(path.join(assets, name), bytes)
  fs.writeFileSync(path.join(assets, `${name}.br`), zlib.brotliCompressSync(bytes))
  fs.writeFileSync(path.join(assets, `${name}.gz`), zlib.gzipSync(bytes, { level: 9 }))
}

const styles = compile(path.join(root, 'src/web/styles/site.scss'), {
  loadPaths: [root, path.join(root, 'node_modules')],
  style: 'compressed',
  quietDeps: true,
})
keep('site.css', Buffer.from(styles.css))
for (const name of fs.readdirSync(path.join(root, 'src/web/assets')))
  keep(name, fs.readFileSync(path.join(root, 'src/web/assets', name)))

const clients = path.join(root, 'src/web/client')
for (const file of fs.readdirSync(clients).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))) {
  const built = await build({
    entryPoints: [path.join(clients, file)],
    bundle: true,
    write: false,
    minify: true,
    format: file === 'service-worker.ts' ? 'iife' : 'esm',
    target: ['es2018'],
    logLevel: 'warning',
  })
  const bytes = Buffer.from(built.outputFiles[0].contents)
  // A service worker keeps its address for ever: browsers compare its bytes themselves.
  if (file === 'service-worker.ts') write('service-worker.js', bytes)
  else keep(file.replace('.ts', '.js'), bytes)
}
// Names change with contents, so a server that runs still finds the files of its own build; the list is replaced in one step.
const list = path.join(assets, `manifest-${process.pid}.json`)
fs.writeFileSync(list, JSON.stringify(manifest, null, 2))
fs.renameSync(list, path.join(assets, 'manifest.json'))
