import { parentPort, workerData } from 'node:worker_threads'
import { layOut, type Shape } from './layout.ts'

/** A thread of its own for a large picture: pages are answered meanwhile. Gets a shape, says where everything is, ends. */
parentPort?.postMessage(layOut(workerData as Shape))
