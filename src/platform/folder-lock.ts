import fs from 'node:fs'

const held = new Set<string>()

/**
 * Holds the embedded database's folder for this process: PGlite takes no lock, and two servers on one folder lose
 * half of what they both acknowledged. The lock of a process that is gone is taken over; a living holder never times out.
 * @throws {Error} naming the process that has it
 */
export const lockFolder = (folder: string): (() => void) => {
  const file = `${folder}.lock`
  if (held.has(file)) throw new Error(`The database in ${folder} is already open in this process.`)
  const mine = `${file}.${process.pid}`
  fs.writeFileSync(mine, `${process.pid} ${birthOf(process.pid)}`)
  try {
    for (let tries = 0; tries < 5; tries++) {
      if (isTaken(mine, file)) {
        held.add(file)
        return () => {
          held.delete(file)
          fs.rmSync(file, { force: true })
        }
      }
      const holder = read(file)
      if (holder && isAlive(holder))
        throw new Error(
          `The database in ${folder} is in use by process ${holder.pid}. Stop it first, or set another DATA_DIR.`,
        )
      if (holder) putAside(file, holder.text)
    }
    throw new Error(`The lock ${file} could not be taken.`)
  } finally {
    fs.rmSync(mine, { force: true })
  }
}

/** A link appears whole or not at all, and only where nothing is: of two that start at once, one has it. */
const isTaken = (mine: string, file: string): boolean => {
  try {
    fs.linkSync(mine, file)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

type Holder = { pid: number; birth: string; text: string }

const read = (file: string): Holder | undefined => {
  try {
    const text = fs.readFileSync(file, 'utf8')
    const [pid, ...birth] = text.split(' ')
    return { pid: Number(pid), birth: birth.join(' '), text }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** Takes a dead lock away. If another was quicker, what is moved is their living lock: it goes back at once. */
const putAside = (file: string, dead: string): void => {
  const aside = `${file}.${process.pid}.old`
  try {
    fs.renameSync(file, aside)
  } catch {
    return
  }
  if (fs.readFileSync(aside, 'utf8') !== dead) isTaken(aside, file)
  fs.rmSync(aside, { force: true })
}

const isAlive = ({ pid, birth }: Holder): boolean => {
  if (!Number.isInteger(pid) || pid <= 0) return false
  // Numbers come round again, after a restart and in every container: the one that lives must be the one that wrote.
  if (birth && birthOf(pid) !== birth) return false
  if (!birth && pid === process.pid) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** When a process began, in this run of the machine. Empty where the system does not say (it does on Linux). */
const birthOf = (pid: number): string => {
  try {
    const boot = fs.readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'latin1')
    // The name of the program stands in brackets and may hold spaces; the time is the 20th word after it (proc(5)).
    const start = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
    return `${boot} ${start}`
  } catch {
    return ''
  }
}
