import fs from 'node:fs'
import path from 'node:path'
import type { LinkFiles } from './link-files.ts'

/**
 * What is wrong with where a run would write, asked before it begins: linking takes long, and a list of people written
 * over by a list of pairs is lost.
 */
export const wrongPlace = (ask: LinkFiles): string | undefined => {
  const { left, right, settings, model, out, clusters, saveModel, report } = ask
  const used = new Set([left, right, settings, model].flatMap((file) => (file === undefined ? [] : [itself(file)])))
  const written = { '--out': out, '--clusters': clusters, '--save-model': saveModel, '--report': report }
  for (const [option, file] of Object.entries(written)) {
    if (file === undefined) continue
    const folder = path.dirname(path.resolve(file))
    if (!fs.existsSync(folder)) return `${option}: there is no folder ${folder}. Make it first, or name another.`
    if (fs.existsSync(file) && fs.statSync(file).isDirectory())
      return `${option}: ${file} is a folder. Name a file in it.`
    if (used.has(itself(file)))
      return `${option}: ${file} is read or written by this run already, and would be lost. Name another file.`
    used.add(itself(file))
  }
  return undefined
}

/** A file by one name, whatever it is called by: a link to it, or a way round to its folder. */
const itself = (file: string): string => {
  const whole = path.resolve(file)
  return fs.existsSync(whole)
    ? fs.realpathSync(whole)
    : fs.existsSync(path.dirname(whole))
      ? path.join(fs.realpathSync(path.dirname(whole)), path.basename(whole))
      : whole
}
