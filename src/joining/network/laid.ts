import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { projectRoot } from '../../platform/index.ts'
import { layOut, type Laid, type Shape } from './layout.ts'

/** Up to here a picture is drawn while the page is made: it takes a few milliseconds. */
const at_once_most = 150
const kept_most = 100

/*
 * Pictures by what is in them, and only by that: numbers and ties, no names and no ids. Who asks does not matter, because
 * the same shape is the same picture for everybody who sees just these things.
 */
const kept = new Map<string, Promise<Laid>>()
let last: Promise<unknown> = Promise.resolve()

/**
 * Where everything stands in the picture of `shape`, from an earlier drawing where there is one. A large one is drawn in a
 * thread of its own, one after another.
 * @param patience how many milliseconds to wait for it at most: a page holds its transaction open meanwhile
 * @returns undefined when it is not finished by then; asked again later, it is there
 */
export const laidOut = async (shape: Shape, patience: number): Promise<Laid | undefined> => {
  if (shape.things <= at_once_most) return layOut(shape)
  const name = createHash('sha256').update(JSON.stringify(shape)).digest('base64url')
  const drawing = kept.get(name) ?? startDrawing(shape)
  // The newest last: what nobody asked for longest goes first.
  kept.delete(name)
  kept.set(name, drawing)
  drawing.catch(() => kept.delete(name))
  for (const old of [...kept.keys()].slice(0, -kept_most)) kept.delete(old)
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<undefined>((done) => {
    timer = setTimeout(() => done(undefined), patience)
  })
  return Promise.race([drawing, late]).finally(() => clearTimeout(timer))
}

const startDrawing = (shape: Shape): Promise<Laid> => {
  const drawing = last.then(() => drawElsewhere(shape))
  last = drawing.catch(() => {})
  return drawing
}

const drawElsewhere = (shape: Shape): Promise<Laid> =>
  new Promise((done, failed) => {
    const worker = new Worker(workerFile(), { workerData: shape })
    worker.once('message', (laid: Laid) => done(laid))
    worker.once('error', failed)
    worker.once('exit', () => failed(new Error('The picture was not finished.')))
  })

/** Beside the built server it is a file of its own; from source, and for measurements, Node reads it as it is. */
const workerFile = (): string => {
  const built = path.join(path.dirname(fileURLToPath(import.meta.url)), 'layout-worker.js')
  return fs.existsSync(built) ? built : path.join(projectRoot, 'src/joining/network/layout-worker.ts')
}
