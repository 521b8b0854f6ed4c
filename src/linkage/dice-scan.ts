/** One encoding against very many, in WebAssembly: JavaScript has no instruction that counts bits, and is ten times slower. */
import { clkBytes, dice, ones } from './clk.ts'

export type Hit = { readonly at: number; readonly dice: number }
export type DiceIndex = {
  /** Adds an encoding and returns its number, from 0. */
  readonly add: (clk: Uint8Array) => number
  /** Those with at least so much in common, the first `most` of them. */
  readonly scan: (clk: Uint8Array, least: number, most?: number) => Hit[]
  readonly size: () => number
}

/** Where things lie: the question, then numbers found, then encodings; bit counts (two bytes each) after the last. */
const query = 0
const found = 1024
const mostFound = 4096
const first = found + mostFound * 4

/** Room for so many encodings. The threshold is taken in ten-thousandths. */
export const diceIndex = (room: number, wasm = true): DiceIndex => {
  const countsAt = first + room * clkBytes
  const pages = Math.ceil((countsAt + room * 2) / 65536)
  const memory = new WebAssembly.Memory({ initial: pages })
  const bytes = new Uint8Array(memory.buffer)
  const counts = new Uint16Array(memory.buffer, countsAt, room)
  const hits = new Int32Array(memory.buffer, found, mostFound)
  const run = wasm ? compiled(memory) : plain(bytes, counts, hits)
  let size = 0
  const countOf = (clk: Uint8Array): number => clk.reduce((sum, byte) => sum + ones(byte), 0)
  return {
    add: (clk) => {
      if (size === room) throw new RangeError(`There is room for ${room} encodings.`)
      bytes.set(clk, first + size * clkBytes)
      counts[size] = countOf(clk)
      return size++
    },
    scan: (clk, least, most = mostFound) => {
      bytes.set(clk, query)
      const limit = Math.min(most, mostFound)
      const many = run(first, countsAt, size, countOf(clk), Math.ceil(least * 10_000), limit)
      return Array.from(hits.subarray(0, Math.min(many, limit)), (at) => ({
        at,
        dice: dice(clk, bytes.subarray(first + at * clkBytes, first + (at + 1) * clkBytes)),
      }))
    },
    size: () => size,
  }
}

/** Scans `size` encodings; writes the numbers of the first `most` over the threshold and returns how many there are. */
type Scan = (clks: number, counts: number, size: number, own: number, least: number, most: number) => number

/** The same in JavaScript, to check the other by. */
const plain =
  (bytes: Uint8Array, counts: Uint16Array, hits: Int32Array): Scan =>
  (clks, _counts, size, own, least, most) => {
    let many = 0
    for (let i = 0; i < size; i++) {
      let both = 0
      for (let b = 0; b < clkBytes; b++) both += ones(bytes[query + b]! & bytes[clks + i * clkBytes + b]!)
      if (20_000 * both >= least * (own + counts[i]!) && many++ < most) hits[many - 1] = i
    }
    return many
  }

/**
 * The module, written down by hand: sixteen words of the question are kept in locals, sixteen of each encoding are read.
 *
 *   (func (export "scan") (param $clk i32) (param $count i32) (param $size i32) (param $own i32) (param $least i32)
 *     (param $most i32) (result i32) (local $both i32) (local $many i32) (local $out i32) (local $q0 … $q15 i64)
 *     …
 *     (if (local.get $size) (then (loop $next
 *       both = i32.wrap_i64(Σ i64.popcnt(q[w] & i64.load offset=8w clk))
 *       (if (i32.ge_u (i32.mul 20000 both) (i32.mul least (i32.add own (i32.load16_u count))))
 *         (then (if (i32.lt_u many most) (then (i32.store out index) …)) many += 1))
 *       clk += 128, count += 2, index += 1
 *       (br_if $next (i32.lt_u index size)))))
 *     many)
 */
const compiled = (memory: WebAssembly.Memory): Scan => {
  const module = new WebAssembly.Module(Uint8Array.from(moduleBytes()))
  const { exports } = new WebAssembly.Instance(module, { m: { m: memory } })
  return exports['scan'] as Scan
}

const moduleBytes = (): number[] => {
  const [i32, i64] = [0x7f, 0x7e]
  const [clk, count, size, own, least, most, both, many, index, words] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]
  const get = (local: number): number[] => [0x20, local]
  const set = (local: number): number[] => [0x21, local]
  const const32 = (value: number): number[] => [0x41, ...signed(value)]
  const load64 = (offset: number): number[] => [0x29, 3, ...unsigned(offset)]
  const plus = (local: number, by: number): number[] => [...get(local), ...const32(by), 0x6a, ...set(local)]
  const each = Array.from({ length: clkBytes / 8 }, (_, w) => w)
  const block = (opcode: number, body: number[]): number[] => [opcode, 0x40, ...body, 0x0b]

  const keepQuestion = each.flatMap((w) => [...const32(query), ...load64(w * 8), ...set(words + w)])
  const inCommon = each.flatMap((w) => [
    ...[...get(words + w), ...get(clk), ...load64(w * 8), 0x83, 0x7b],
    ...(w > 0 ? [0x7c] : []),
  ])
  const enough = [
    ...[...const32(20_000), ...get(both), 0x6c],
    ...[...get(least), ...get(own), ...get(count), 0x2f, 1, 0, 0x6a, 0x6c, 0x4f],
  ]
  const writeDown = [...get(many), ...const32(4), 0x6c, ...get(index), 0x36, 2, ...unsigned(found)]
  const body = [
    ...keepQuestion,
    ...get(size),
    ...block(
      0x04,
      block(0x03, [
        ...[...inCommon, 0xa7, ...set(both)],
        ...[...enough, ...block(0x04, [...get(many), ...get(most), 0x49, ...block(0x04, writeDown), ...plus(many, 1)])],
        ...[...plus(clk, clkBytes), ...plus(count, 2), ...plus(index, 1)],
        ...[...get(index), ...get(size), 0x49, 0x0d, 0],
      ]),
    ),
    ...get(many),
    0x0b,
  ]
  const code = [2, 3, i32, each.length, i64, ...body]
  return [
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [1, 0x60, 6, i32, i32, i32, i32, i32, i32, 1, i32]),
    ...section(2, [1, 1, 0x6d, 1, 0x6d, 0x02, 0, 0]),
    ...section(3, [1, 0]),
    ...section(7, [1, 4, ...[...'scan'].map((letter) => letter.charCodeAt(0)), 0x00, 0]),
    ...section(10, [1, ...unsigned(code.length), ...code]),
  ]
}

const section = (id: number, content: readonly number[]): number[] => [id, ...unsigned(content.length), ...content]

/** LEB128. */
const unsigned = (value: number): number[] => (value < 128 ? [value] : [(value & 127) | 128, ...unsigned(value >>> 7)])
const signed = (value: number): number[] =>
  value < 64 && value >= -64 ? [value & 127] : [(value & 127) | 128, ...signed(value >> 7)]
