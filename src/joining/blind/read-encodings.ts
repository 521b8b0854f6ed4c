import { z } from 'zod'
import { clkBytes, clkScheme } from '../../linkage/index.ts'
import type { Asked } from './encodings.ts'

/** 128 bytes. */
const encoding = z.base64().length(4 * Math.ceil(clkBytes / 3))
/** The file as JSON: what the API takes too. */
export const encodingsSchema = z.strictObject({
  format: z.literal(clkScheme),
  checksum: z.string().regex(/^[0-9a-f]{32}$/),
  rows: z
    .array(z.strictObject({ line: z.int().min(1).max(1e9), core: encoding, full: encoding.optional() }))
    .min(1)
    .max(10_000),
})

export type EncodingsFile = z.infer<typeof encodingsSchema>

/** What such a file asks; undefined where it is none. */
export const readEncodings = (text: string): { checksum: string; rows: Asked[] } | undefined => {
  try {
    return openEncodings(encodingsSchema.parse(JSON.parse(text)))
  } catch {
    return undefined
  }
}

export const openEncodings = ({ checksum, rows }: EncodingsFile): { checksum: string; rows: Asked[] } => {
  const bytes = (text: string): Buffer => Buffer.from(text, 'base64')
  return {
    checksum,
    rows: rows.map(({ line, core, full }) => ({
      line,
      clk: { core: bytes(core), ...(full && { full: bytes(full) }) },
    })),
  }
}
