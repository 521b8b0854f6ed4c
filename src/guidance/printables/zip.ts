import { crc32, deflateRawSync } from 'node:zlib'

/** Files of one archive, packed (PKWARE APPNOTE 6.3): what a Word file is made of. Names are ours and plain ASCII. */
export const zipped = (files: readonly { name: string; bytes: Buffer }[], made: Date): Buffer => {
  const stamp = dosTime(made)
  const local: Buffer[] = []
  const central: Buffer[] = []
  let offset = 0
  for (const { name, bytes } of files) {
    const packed = deflateRawSync(bytes)
    const path = Buffer.from(name, 'ascii')
    const common = header(stamp, { crc: crc32(bytes), packed: packed.length, size: bytes.length, name: path.length })
    const head = Buffer.concat([word(0x04034b50, 4), common, path])
    local.push(head, packed)
    // No comment, disk 0, no attributes; then where the file begins.
    central.push(word(0x02014b50, 4), word(20, 2), common, Buffer.alloc(10), word(offset, 4), path)
    offset += head.length + packed.length
  }
  const listed = Buffer.concat(central)
  const count = word(files.length, 2)
  const end = [word(0x06054b50, 4), Buffer.alloc(4), count, count, word(listed.length, 4), word(offset, 4), word(0, 2)]
  return Buffer.concat([...local, listed, ...end])
}

const word = (value: number, bytes: 2 | 4): Buffer => {
  const out = Buffer.alloc(bytes)
  if (bytes === 2) out.writeUInt16LE(value)
  else out.writeUInt32LE(value)
  return out
}

type Sizes = { crc: number; packed: number; size: number; name: number }
/** Version 2.0, no flags, deflated; the same in both of a file's headers. */
const header = (stamp: Buffer, { crc, packed, size, name }: Sizes): Buffer =>
  Buffer.concat([
    word(20, 2),
    word(0, 2),
    word(8, 2),
    stamp,
    word(crc, 4),
    word(packed, 4),
    word(size, 4),
    word(name, 2),
    word(0, 2),
  ])

/** Two seconds are as fine as it goes, from 1980 on; in UTC. */
const dosTime = (at: Date): Buffer => {
  const time = (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1)
  const date = ((at.getUTCFullYear() - 1980) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate()
  return Buffer.concat([word(time, 2), word(date, 2)])
}
