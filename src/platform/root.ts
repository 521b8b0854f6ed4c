import fs from 'node:fs'
import path from 'node:path'

const upwards = (from: string): string =>
  fs.existsSync(path.join(from, 'migrations')) ? from : upwards(path.dirname(from))

/** The folder that holds migrations, content and the built assets, whether the code runs as source or built. */
export const projectRoot = upwards(import.meta.dirname)
