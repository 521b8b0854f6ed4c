import { CannotEncode, clkCommand } from '../joining/index.ts'
import { Usage } from './sentence.ts'

/** `trellis clk encode FILE.csv --secret-file SECRET --out OUT.json` */
export const clk = async (words: string[], values: { 'secret-file'?: string; out?: string }): Promise<void> => {
  try {
    await clkCommand(words, values)
  } catch (error) {
    if (error instanceof CannotEncode) throw new Usage(error.message)
    throw error
  }
}
