import { fileTypeFromBuffer } from 'file-type'
import sharp from 'sharp'
import type { Prepared } from './concern.ts'
import { hidesAnother } from './attachment-hiding.ts'
import { withoutMp3Tags, withoutWavTags } from './attachment-sound.ts'

/** Why a file cannot be taken; the pages have a sentence for each. */
export type Refusal = 'empty' | 'too big' | 'wrong kind' | 'broken' | 'bomb' | 'two in one'

type Taken = { type: string; copy?: (bytes: Buffer) => Promise<Prepared['copy']> | Prepared['copy'] }

/** More pixels than any camera in a pocket makes; a small file can claim to be larger than all memory. */
const mostPixels = 100_000_000
const longestSide = 2560

/**
 * What may be taken, by what the bytes say they are: neither the name nor what the sender's machine claims counts.
 * The copy is what people are shown: made anew, or with its tags cut out. Where that cannot be done safely in little
 * code there is none, and the original stays sealed until somebody opens it with a reason.
 */
const kinds: Record<string, Taken> = {
  'image/jpeg': { type: 'image/jpeg', copy: (bytes) => redraw(bytes, 'jpeg') },
  'image/png': { type: 'image/png', copy: (bytes) => redraw(bytes, 'png') },
  'image/webp': { type: 'image/webp', copy: (bytes) => redraw(bytes, 'webp') },
  'image/gif': { type: 'image/gif', copy: (bytes) => redraw(bytes, 'png') },
  'image/heic': { type: 'image/heic' },
  'image/heif': { type: 'image/heif' },
  'audio/mpeg': { type: 'audio/mpeg', copy: (bytes) => copyOf('audio/mpeg', withoutMp3Tags(bytes)) },
  'audio/wav': { type: 'audio/wav', copy: (bytes) => copyOf('audio/wav', withoutWavTags(bytes)) },
  'audio/mp4': { type: 'audio/mp4' },
  'audio/x-m4a': { type: 'audio/mp4' },
  'audio/ogg': { type: 'audio/ogg' },
  'audio/ogg; codecs=opus': { type: 'audio/ogg' },
  'audio/amr': { type: 'audio/amr' },
  'audio/aac': { type: 'audio/aac' },
  'video/mp4': { type: 'video/mp4' },
  'video/x-m4v': { type: 'video/mp4' },
  'video/webm': { type: 'video/webm' },
  'video/quicktime': { type: 'video/quicktime' },
  'video/3gpp': { type: 'video/3gpp' },
  'application/pdf': { type: 'application/pdf' },
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': {
    type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  },
}

/** For the file box of a form: what a phone offers to choose from. What is taken is decided by the bytes. */
export const acceptedFiles =
  'image/*,audio/*,video/mp4,video/webm,video/quicktime,video/3gpp,.pdf,.docx,.txt,application/pdf,text/plain'

/**
 * Checks a file by its contents and makes the copy that people are shown.
 * @returns why not, when it cannot be taken
 */
export const prepareFile = async (file: {
  name: string
  bytes: Buffer
  tooBig?: boolean
}): Promise<Prepared | Refusal> => {
  const { name, bytes } = file
  if (file.tooBig) return 'too big'
  if (bytes.length === 0) return 'empty'
  const found = await fileTypeFromBuffer(bytes).catch(() => undefined)
  if (!found) return isPlainText(bytes) ? { name, type: 'text/plain', bytes, copy: plainCopy(bytes) } : 'wrong kind'
  const kind = kinds[found.mime]
  if (!kind) return 'wrong kind'
  if (hidesAnother(bytes, kind.type)) return 'two in one'
  try {
    const copy = await kind.copy?.(bytes)
    return { name, type: kind.type, bytes, ...(copy && { copy }) }
  } catch (error) {
    return error instanceof Error && /pixel limit/i.test(error.message) ? 'bomb' : 'broken'
  }
}

/** Draws a photo again, upright and without anything that is not the picture: no place, no camera, no thumbnail. */
const redraw = async (bytes: Buffer, format: 'jpeg' | 'png' | 'webp') => {
  const drawn = await sharp(bytes, { limitInputPixels: mostPixels, failOn: 'error' })
    .timeout({ seconds: 20 })
    .autoOrient()
    .resize({ width: longestSide, height: longestSide, fit: 'inside', withoutEnlargement: true })
    .toFormat(format, format === 'png' ? { compressionLevel: 6 } : { quality: 82 })
    .toBuffer()
  return { type: `image/${format}`, bytes: drawn }
}

const copyOf = (type: string, bytes: Buffer | undefined) => bytes && { type, bytes }

/** Words in UTF-8 that are not the beginning of something a browser or a shell would run. */
const isPlainText = (bytes: Buffer): boolean => {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    // Control characters are what tells a program from words.
    return !/[\u0000-\u0008\u000e-\u001a\u001c-\u001f\u007f]/.test(text) && !/^\s*(<|#!|%!|MZ)/.test(text)
  } catch {
    return false
  }
}
const plainCopy = (bytes: Buffer) => ({ type: 'text/plain; charset=utf-8', bytes })
