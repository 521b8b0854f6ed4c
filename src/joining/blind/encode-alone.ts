// The program for an agency's own building: one file, no server, no database, no network. Built into dist/trellis-encode.mjs.
import { clkCommand, encodeHelp, readWords } from './encode-command.ts'

try {
  const { positionals, values } = readWords(process.argv.slice(2))
  if (positionals.length === 0) console.log(`trellis-encode COMMAND\n\n${encodeHelp.replaceAll('clk ', '')}`)
  else await clkCommand(positionals, values)
} catch (error) {
  console.error((error as Error).message)
  process.exitCode = 2
}
