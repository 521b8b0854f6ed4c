import { deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { prepareFile } from './attachment.ts'
import type { Prepared } from './concern.ts'

const prepared = async (name: string, bytes: Buffer): Promise<Prepared> => {
  const outcome = await prepareFile({ name, bytes })
  if (typeof outcome === 'string') throw new Error(outcome)
  return outcome
}
const refusal = (bytes: Buffer | string, name = 'x') => prepareFile({ name, bytes: Buffer.from(bytes) })

const photo = (width = 60, height = 40) =>
  sharp({ create: { width, height, channels: 3, background: '#886644' } })
    .withExif({
      IFD0: { Make: 'Spy Phone', Artist: 'Kez' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '52/1 16/1 56/1', GPSLongitudeRef: 'W', GPSLongitude: '1/1 35/1 4/1' },
    })
    .jpeg()
    .toBuffer()

test('the copy of a photo has no place, no camera and no name in it; the original is as it was sent', async () => {
  const bytes = await photo()
  expect((await sharp(bytes).metadata()).exif?.includes('Spy Phone')).toBe(true)
  const file = await prepared('van.jpg', bytes)
  expect(file.bytes.equals(bytes)).toBe(true)
  expect(file.copy!.type).toBe('image/jpeg')
  const metadata = await sharp(file.copy!.bytes).metadata()
  expect(metadata.exif).toBeUndefined()
  expect(metadata.xmp).toBeUndefined()
  for (const trace of ['Spy Phone', 'Kez', 'GPS', 'Exif']) expect(file.copy!.bytes.includes(trace)).toBe(false)
})

test('a photo taken sideways stands upright in the copy', async () => {
  const bytes = await sharp({ create: { width: 60, height: 40, channels: 3, background: 'red' } })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer()
  const { width, height } = await sharp((await prepared('x.jpg', bytes)).copy!.bytes).metadata()
  expect([width, height]).toEqual([40, 60])
})

test('what a file is called and what it claims to be do not count', async () => {
  const file = await prepared('notes.txt', await photo())
  expect(file.type).toBe('image/jpeg')
  expect(await refusal('<html><script>alert(1)</script></html>', 'photo.jpg')).toBe('wrong kind')
  expect(await refusal('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', 'photo.jpg')).toBe('wrong kind')
  expect(await refusal(Buffer.from('4d5a90000300000004000000ffff0000', 'hex'), 'photo.jpg')).toBe('wrong kind')
  expect(await refusal('#!/bin/sh\nrm -rf /\n', 'note.txt')).toBe('wrong kind')
})

test('an empty file and one that is too big are refused', async () => {
  expect(await refusal('')).toBe('empty')
  expect(await prepareFile({ name: 'x', bytes: Buffer.alloc(0), tooBig: true })).toBe('too big')
})

const chunk = (type: string, data: Buffer) => {
  const head = Buffer.alloc(8)
  head.writeUInt32BE(data.length)
  head.write(type, 4, 'latin1')
  const crcTable = Array.from({ length: 256 }, (_, n) => {
    let c = n
    for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1
    return c >>> 0
  })
  let crc = 0xffffffff
  for (const byte of Buffer.concat([head.subarray(4), data])) crc = crcTable[(crc ^ byte) & 0xff]! ^ (crc >>> 8)
  const end = Buffer.alloc(4)
  end.writeUInt32BE((crc ^ 0xffffffff) >>> 0)
  return Buffer.concat([head, data, end])
}
const png = (width: number, height: number, data: Buffer) => {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([1, 0, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(data)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

test('a small file that unpacks to more than any camera makes is refused before it is unpacked', async () => {
  const bomb = png(50_000, 50_000, Buffer.alloc(1_000_000))
  expect(bomb.length).toBeLessThan(10_000)
  expect(await refusal(bomb)).toBe('bomb')
})

test('a photo that is cut short or not really one is refused', async () => {
  const bytes = await photo(400, 300)
  expect(await refusal(bytes.subarray(0, bytes.length / 2))).toBe('broken')
  expect(await refusal(png(100, 100, Buffer.from('no')))).toBe('broken')
})

const zip = Buffer.concat([
  Buffer.from('504b0304', 'hex'),
  Buffer.alloc(26),
  Buffer.from('504b0102', 'hex'),
  Buffer.alloc(42),
  Buffer.from('504b05060000000001000100', 'hex'),
  Buffer.from([46, 0, 0, 0, 30, 0, 0, 0, 0, 0]),
])

test('a photo that is a page or an archive as well is refused', async () => {
  const bytes = await photo()
  for (const [what, tail] of [
    ['page', Buffer.from('<html><body onload=alert(1)>')],
    ['script', Buffer.from('<script>alert(1)</script>')],
    ['program', Buffer.from('<?php system($_GET[0]);')],
    ['PDF', Buffer.from('%PDF-1.4 …')],
    ['archive', zip],
  ] as const)
    expect(await refusal(Buffer.concat([bytes, tail])), what).toBe('two in one')
})

test('a phone’s moving photo is taken, and the copy is the picture alone', async () => {
  const film = Buffer.concat([Buffer.from('00000018667479706d703432', 'hex'), Buffer.alloc(5000, 7)])
  const file = await prepared('MVIMG.jpg', Buffer.concat([await photo(), film]))
  expect(file.copy!.bytes.includes('ftypmp42')).toBe(false)
})

const pdf = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n')

test('a PDF is kept as it was sent, without a copy; one with something around it is refused', async () => {
  const file = await prepared('letter.pdf', pdf)
  expect(file).toMatchObject({ type: 'application/pdf' })
  expect(file.copy).toBeUndefined()
  expect(await refusal(Buffer.concat([pdf, zip]))).toBe('two in one')
  expect(await refusal(Buffer.concat([pdf, Buffer.from('<script>alert(1)</script>')]))).toBe('two in one')
  expect(await refusal(Buffer.concat([Buffer.from('%PDF-1.4 <html>'), pdf]))).toBe('two in one')
})

test('an archive with something before it or behind it is no document', async () => {
  expect(await refusal(Buffer.concat([zip, Buffer.from('<script>')]))).not.toMatchObject({ name: 'x' })
  expect(await refusal(zip)).toBe('wrong kind')
})

test('words are words, with any alphabet; a page of markup is not', async () => {
  const file = await prepared('uwaga.txt', Buffer.from('Biały van, نیلا دروازہ\r\n'))
  expect(file).toMatchObject({ type: 'text/plain', copy: { type: 'text/plain; charset=utf-8' } })
  expect(await refusal('\u0000\u0001\u0002')).toBe('wrong kind')
  expect(await refusal(Buffer.from('c328', 'hex'))).toBe('wrong kind')
})

const wav = (...chunks: [string, Buffer][]) => {
  const body = Buffer.concat(
    chunks.map(([name, data]) => {
      const head = Buffer.alloc(8)
      head.write(name, 0, 'latin1')
      head.writeUInt32LE(data.length, 4)
      return Buffer.concat([head, data, Buffer.alloc(data.length % 2)])
    }),
  )
  const head = Buffer.from('RIFF\0\0\0\0WAVE', 'latin1')
  head.writeUInt32LE(body.length + 4, 4)
  return Buffer.concat([head, body])
}

test('a recording’s tags are cut out of the copy and its sound is not', async () => {
  const fmt = Buffer.from('0100010044ac000088580100020010 00'.replaceAll(' ', ''), 'hex')
  const sound = Buffer.alloc(1001, 9)
  const file = await prepared('x.wav', wav(['fmt ', fmt], ['LIST', Buffer.from('INFOIARTKez!!')], ['data', sound]))
  expect(file.copy!.bytes.includes('Kez')).toBe(false)
  expect(file.copy!.bytes.equals(wav(['fmt ', fmt], ['data', sound]))).toBe(true)

  const frames = Buffer.concat(
    Array.from({ length: 4 }, () => Buffer.concat([Buffer.from('fffb9064', 'hex'), Buffer.alloc(413)])),
  )
  const id3 = Buffer.concat([Buffer.from('ID3\u0004\0\0\0\0\0\u000a', 'latin1'), Buffer.from('TPE1 Kez!!')])
  const tag = Buffer.alloc(128)
  tag.write('TAGKez')
  const mp3 = await prepared('x.mp3', Buffer.concat([id3, frames, tag]))
  expect(mp3.type).toBe('audio/mpeg')
  expect(mp3.copy!.bytes.equals(frames)).toBe(true)
})
