import fs from 'node:fs'

const held = new Set<string>()

/**
 * Holds the embedded database's folder for this process: PGlite takes no lock, and two servers on one folder lose
 * half of what they both acknowledged. The lock of a process that is gone is taken over; a living holder never times out.
 * @throws {Error} naming the process that has it
 */
export const lockFolder = (folder: string): (() => void) => {
  const file = `${folder}.lock`
  // In a container every server has the same number, so our own number in the file is yesterday's, unless we wrote it.
  if (held.has(file)) throw new Error(`The database in ${folder} is already open in this process.`)
  for (let tries = 0; tries < 3; tries++) {
    try {
      fs.writeFileSync(file, String(process.pid), { flag: 'wx' })
      held.add(file)
      return () => {
        held.delete(file)
        fs.rmSync(file, { force: true })
      }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      const holder = Number(fs.readFileSync(file, 'utf8'))
      if (isAlive(holder))
        throw new Error(
          `The database in ${folder} is in use by process ${holder}. Stop it first, or set another DATA_DIR.`,
          { cause: error },
        )
      fs.rmSync(file, { force: true })
    }
  }
  throw new Error(`The lock ${file} could not be taken.`)
}

const isAlive = (pid: number): boolean => {
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
