import fs from 'node:fs'
import path from 'node:path'
import { projectRoot } from '../platform/index.ts'

/** The built files that pages refer to: each under a name that changes with its contents, so browsers keep them for good. */
export type Assets = { folder: string; url: (name: string) => string }

/** Reads the list that the build wrote. @throws {Error} when the build has not run */
export const readAssets = (folder = path.join(projectRoot, 'dist', 'assets')): Assets => {
  const list = path.join(folder, 'manifest.json')
  if (!fs.existsSync(list)) throw new Error('The pages have no styles yet: run `npm run build` first.')
  const names = JSON.parse(fs.readFileSync(list, 'utf8')) as Record<string, string>
  return {
    folder,
    url: (name) => {
      const built = names[name]
      if (!built) throw new Error(`No built file is called ${name}`)
      return `/assets/${built}`
    },
  }
}
