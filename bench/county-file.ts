// An invented county as a file, in no order, made once and kept in .cache: ten million rows do not fit in memory as texts.
import fs from 'node:fs'
import path from 'node:path'
import { columns, dice, people, written } from '../test/population.ts'

const recordsOf = [1, 1, 1, 1, 1, 2, 2, 2, 3, 3, 4, 5, 7]
const heaps = 64

/** The file of a county of so many records, with an id and the truth in `cluster`. */
export const countyFile = (records: number, seed = 1): string => {
  const folder = path.resolve('.cache/bench')
  const file = path.join(folder, `county-${records}-${seed}.csv`)
  if (fs.existsSync(file)) return file
  console.log(`Writing ${path.relative('', file)} …`)
  fs.mkdirSync(folder, { recursive: true })
  const chance = dice(seed + 1)
  // Thrown on heaps at random, each heap shuffled, one after the other: as good as shuffling all of it.
  const parts = Array.from({ length: heaps }, (_, i) => `${file}.${i}`)
  const open = parts.map((part) => fs.openSync(part, 'w'))
  const waiting: string[][] = parts.map(() => [])
  const put = (heap: number): void => {
    fs.writeSync(open[heap]!, waiting[heap]!.join(''))
    waiting[heap] = []
  }
  let made = 0
  for (const person of people(seed)) {
    for (let n = chance.of(recordsOf); n > 0 && made < records; n--, made++) {
      const heap = chance.below(heaps)
      if (waiting[heap]!.push(`r${made},${person.id},${written(person, chance).join(',')}\n`) === 2000) put(heap)
    }
    if (made >= records) break
  }
  const out = fs.openSync(`${file}.part`, 'w')
  fs.writeSync(out, `id,cluster,${columns.join(',')}\n`)
  for (const [heap, part] of parts.entries()) {
    put(heap)
    fs.closeSync(open[heap]!)
    const lines = fs.readFileSync(part, 'utf8').split('\n').slice(0, -1)
    for (let i = lines.length - 1; i > 0; i--) {
      const j = chance.below(i + 1)
      ;[lines[i], lines[j]] = [lines[j]!, lines[i]!]
    }
    fs.writeSync(out, lines.map((line) => `${line}\n`).join(''))
    fs.unlinkSync(part)
  }
  fs.closeSync(out)
  fs.renameSync(`${file}.part`, file)
  return file
}
