// How long the picture of a network takes: 60 things while the page is made, 3,000 in a thread of its own, and then kept.
//   npm run bench -- network [THINGS]
import { inventedShape, laidOut, layOut } from '../src/joining/index.ts'

const things = Number(process.argv[2] ?? 3000)
const middle = (all: number[]): number => all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)]!
const timed = async (work: () => unknown): Promise<number> => {
  const began = performance.now()
  await work()
  return performance.now() - began
}

const small: number[] = []
for (let turn = 0; turn < 21; turn++) small.push(await timed(() => layOut(inventedShape(60, turn + 1))))
console.log(`60 things: first ${small[0]!.toFixed(0)} ms, median of 21 ${middle(small).toFixed(1)} ms (goal 150)`)

let held = 0
let before = performance.now()
const watching = setInterval(() => {
  held = Math.max(held, performance.now() - before)
  before = performance.now()
}, 10)
const large: number[] = []
for (let turn = 0; turn < 3; turn++) large.push(await timed(() => laidOut(inventedShape(things, turn + 1), 600_000)))
clearInterval(watching)
const again = await timed(() => laidOut(inventedShape(things, 1), 600_000))
console.log(
  `${things} things in a thread: ${large.map((ms) => (ms / 1000).toFixed(2)).join(', ')} s (goal 4); ` +
    `this thread was held ${held.toFixed(0)} ms at most; the same again ${again.toFixed(1)} ms`,
)
