import { inflateRawSync } from 'node:zlib'
import { Unreadable } from './line.ts'

/** No text of a Word file is larger than this once unpacked: a file that says otherwise is a bomb. */
const most_unpacked = 40 * 1024 * 1024
const end_sign = 0x06054b50
const entry_sign = 0x02014b50

/**
 * What an archive holds (PKWARE APPNOTE 6.3), by its own list at the end. Nothing is unpacked before it is asked for.
 * @throws {Unreadable} when the list is gone, what is asked for is locked, or unpacks to more than a report can be
 */
export const openZip = (bytes: Buffer): { names: string[]; read: (name: string) => string | undefined } => {
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]))
  if (end < 0 || end + 22 > bytes.length || bytes.readUInt32LE(end) !== end_sign) throw new Unreadable('cut off')
  const entries = new Map<string, Entry>()
  let at = bytes.readUInt32LE(end + 16)
  for (let many = bytes.readUInt16LE(end + 10); many > 0; many--) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== entry_sign) throw new Unreadable('cut off')
    const name = bytes.readUInt16LE(at + 28)
    entries.set(bytes.toString('utf8', at + 46, at + 46 + name), {
      locked: (bytes.readUInt16LE(at + 8) & 1) === 1,
      packing: bytes.readUInt16LE(at + 10),
      packed: bytes.readUInt32LE(at + 20),
      from: bytes.readUInt32LE(at + 42),
    })
    at += 46 + name + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
  }
  return { names: [...entries.keys()], read: (name) => unpack(bytes, entries.get(name)) }
}

type Entry = { locked: boolean; packing: number; packed: number; from: number }

const unpack = (bytes: Buffer, entry: Entry | undefined): string | undefined => {
  if (!entry) return undefined
  if (entry.locked) throw new Unreadable('encrypted')
  const { from, packed, packing } = entry
  if (from + 30 > bytes.length) throw new Unreadable('cut off')
  const begins = from + 30 + bytes.readUInt16LE(from + 26) + bytes.readUInt16LE(from + 28)
  if (begins + packed > bytes.length) throw new Unreadable('cut off')
  const inside = bytes.subarray(begins, begins + packed)
  if (packing === 0) return inside.toString('utf8')
  try {
    return inflateRawSync(inside, { maxOutputLength: most_unpacked }).toString('utf8')
  } catch (error) {
    throw new Unreadable((error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE' ? 'bomb' : 'cut off')
  }
}
