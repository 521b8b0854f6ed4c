/** Joining: proposals about who and what is the same. */
export { linkFiles, WrongFile, type LinkFiles, type LinkReport } from './link-files.ts'
