import { z } from 'zod'
import { clkBytes, clkScheme } from '../../linkage/index.ts'
import type { Asked } from './encodings.ts'

const encoding = z.base64().transform((text, ctx) => {
  const bytes = Buffer.from(text, 'base64')
  if (bytes.length === clkBytes) return bytes
  ctx.addIssue('length')
  return z.NEVER
})
const encodingsSchema = z.strictObject({
  format: z.literal(clkScheme),
  checksum: z.string().regex(/^[0-9a-f]{32}$/),
  rows: z
    .array(z.strictObject({ line: z.int().min(1).max(1e9), core: encoding, full: encoding.optional() }))
    .min(1)
    .max(10_000),
})

/** What such a file asks; undefined where it is none. */
export const readEncodings = (text: string): { checksum: string; rows: Asked[] } | undefined => {
  try {
    const { checksum, rows } = encodingsSchema.parse(JSON.parse(text))
    return { checksum, rows: rows.map(({ line, core, full }) => ({ line, clk: { core, ...(full && { full }) } })) }
  } catch {
    return undefined
  }
}
