import { isDatabaseAway } from '../platform/index.ts'

/** The command was asked for in a way it does not have: exit code 2, and where to read how. */
export class Usage extends Error {}

/** An error as one sentence for whoever typed the command. */
export const asSentence = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  const { code } = error as { code?: string }
  if (code === 'EADDRINUSE') {
    const { port } = error as { port?: number }
    return `Port ${port} is in use: stop what runs there, or set another PORT.`
  }
  if (code === 'EADDRNOTAVAIL') return 'HOST is not an address of this machine.'
  if (code === 'EACCES' && 'port' in error) return 'This user may not listen on that PORT: choose one from 1024 on.'
  if (code === '28P01' || code === '28000') return 'The database refused the name or password in its address.'
  if (code === '3D000') return 'The database that the address names does not exist on that server.'
  if (isDatabaseAway(error)) return 'The database does not answer: check its address, and that the server runs.'
  if (code === 'ENOENT' && 'path' in error) return `There is no file ${String(error.path)}.`
  if (code === 'EISDIR') return 'A file is needed there, not a folder.'
  return error.message
}
