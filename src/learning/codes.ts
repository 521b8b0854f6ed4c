import { z } from 'zod'
import shipped from '../../content/learning.json' with { type: 'json' }

const coded = z.strictObject({ code: z.string(), label: z.string() })
const file = z
  .strictObject({
    kinds: z.array(coded).min(1),
    sizes: z.array(coded).min(1),
    scales: z.array(coded).min(1),
    boundaries: z.array(coded).min(1),
    strengths: z.array(coded.extend({ means: z.string() })).min(1),
    themes: z.array(coded.extend({ about: z.string(), words: z.array(z.string()) })).min(1),
  })
  .parse(shipped)

/** What a project, a finding and a theme may be called. `words` of a theme are what people say when they mean it. */
export const { kinds, sizes, scales, boundaries, strengths, themes } = file
export const labelIn = (list: readonly { code: string; label: string }[], code: string): string =>
  list.find((one) => one.code === code)?.label ?? code
