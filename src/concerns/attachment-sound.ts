/*
 * Recordings carry tags: who made them, where, on what. These two formats can be cut clean in a few lines; others are
 * kept sealed without a copy.
 */

/** MP3: ID3v2 before the sound, APE and ID3v1 behind it. https://id3.org/id3v2.4.0-structure */
export const withoutMp3Tags = (bytes: Buffer): Buffer | undefined => {
  let from = 0
  while (bytes.subarray(from, from + 3).toString('latin1') === 'ID3') {
    if (from + 10 > bytes.length) return undefined
    const size = [6, 7, 8, 9].reduce((total, i) => (total << 7) | (bytes[from + i]! & 0x7f), 0)
    const footer = bytes[from + 5]! & 0x10 ? 10 : 0
    from += 10 + size + footer
  }
  let to = bytes.length
  if (bytes.subarray(to - 128, to - 125).toString('latin1') === 'TAG') to -= 128
  if (bytes.subarray(to - 32, to - 24).toString('latin1') === 'APETAGEX') {
    const size = bytes.readUInt32LE(to - 20)
    const header = bytes.readUInt32LE(to - 12) & 0x80000000 ? 32 : 0
    to -= Math.min(to, size + header)
  }
  const sound = bytes.subarray(from, to)
  // A frame begins with eleven set bits; anything else before it is not sound.
  return sound.length > 4 && sound[0] === 0xff && (sound[1]! & 0xe0) === 0xe0 ? Buffer.from(sound) : undefined
}

const soundChunks = ['fmt ', 'fact', 'data']

/** WAV: a list of named chunks, of which only the sound and its format are kept. */
export const withoutWavTags = (bytes: Buffer): Buffer | undefined => {
  const kept: Buffer[] = []
  for (let at = 12; at + 8 <= bytes.length;) {
    const name = bytes.subarray(at, at + 4).toString('latin1')
    const size = Math.min(bytes.readUInt32LE(at + 4), bytes.length - at - 8)
    if (soundChunks.includes(name)) {
      const head = Buffer.from(bytes.subarray(at, at + 8))
      head.writeUInt32LE(size, 4)
      kept.push(head, bytes.subarray(at + 8, at + 8 + size), Buffer.alloc(size % 2))
    }
    at += 8 + size + (size % 2)
  }
  if (!kept.length) return undefined
  const sound = Buffer.concat(kept)
  const head = Buffer.from('RIFF----WAVE', 'latin1')
  head.writeUInt32LE(sound.length + 4, 4)
  return Buffer.concat([head, sound])
}
