import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { z } from 'zod'

/** A folder that is no publication, and is left as it is. */
export class NotAPublication extends Error {}

const listName = 'trellis-library.json'
const stagingName = '.publishing'
/** Each file of the publication with a hash of its bytes; '' while a run that was cut short may have left either. */
const list = z.object({ publication: z.literal('trellis library'), files: z.record(z.string(), z.string()) })

export type Folder = {
  /** Says that a file is part of the publication, with these bytes. */
  put: (file: string, bytes: Buffer | string) => void
  /** Puts all in place. @returns how many files are new or changed, and how many went */
  finish: () => { written: number; removed: number }
}

/**
 * A publication in a folder. All of a run is written aside first, so one that fails changes nothing; then each file takes
 * its place at once and whole. One that has the same bytes is not touched. A run that is cut short while files take their
 * places is made good by the next.
 * @throws {NotAPublication} for a folder that holds something else
 */
export const openFolder = (folder: string): Folder => {
  const before = listIn(folder)
  fs.mkdirSync(folder, { recursive: true })
  const staging = path.join(folder, stagingName)
  fs.rmSync(staging, { recursive: true, force: true })
  const now = new Map<string, string>()
  const staged: string[] = []
  const made = new Set<string>()
  const parentOf = (file: string): void => {
    const parent = path.dirname(file)
    if (made.has(parent)) return
    fs.mkdirSync(parent, { recursive: true })
    made.add(parent)
  }
  return {
    put: (file, bytes) => {
      const hash = createHash('sha256').update(bytes).digest('base64url')
      now.set(file, hash)
      if (before.get(file) === hash && fs.existsSync(path.join(folder, file))) return
      const aside = path.join(staging, file)
      parentOf(aside)
      fs.writeFileSync(aside, bytes)
      staged.push(file)
    },
    finish: () => {
      const gone = [...before.keys()].filter((file) => !now.has(file))
      if (staged.length === 0 && gone.length === 0) return { written: 0, removed: 0 }
      keepList(folder, [...now, ...gone.map((file) => [file, ''] as const)], new Set(staged))
      // What is gone goes first: nobody should read it a moment longer than the rest.
      for (const file of gone) removeFrom(folder, file)
      for (const file of staged) {
        parentOf(path.join(folder, file))
        fs.renameSync(path.join(staging, file), path.join(folder, file))
      }
      fs.rmSync(staging, { recursive: true, force: true })
      keepList(folder, [...now])
      return { written: staged.length, removed: gone.length }
    },
  }
}

const listIn = (folder: string): Map<string, string> => {
  if (!fs.existsSync(folder)) return new Map()
  if (!fs.statSync(folder).isDirectory()) throw new NotAPublication(`${folder} is a file.`)
  const file = path.join(folder, listName)
  if (!fs.existsSync(file)) {
    if (fs.readdirSync(folder).some((name) => name !== stagingName && name !== `${listName}.new`))
      throw new NotAPublication(`${folder} holds something that is no publication of Trellis.`)
    return new Map()
  }
  const read = list.safeParse(parsed(fs.readFileSync(file, 'utf8')))
  // Files that are not listed any more are removed: a list that somebody changed must not reach out of its folder.
  if (!read.success || Object.keys(read.data.files).some((name) => !isInside(name)))
    throw new NotAPublication(`${file} is not the list of a publication.`)
  return new Map(Object.entries(read.data.files))
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const isInside = (name: string): boolean =>
  !path.posix.isAbsolute(name) && !name.includes('\\') && path.posix.normalize(name) === name && !name.startsWith('..')

const keepList = (folder: string, files: readonly (readonly [string, string])[], unsure = new Set<string>()): void => {
  const named = Object.fromEntries(files.map(([file, hash]) => [file, unsure.has(file) ? '' : hash]))
  const aside = path.join(folder, `${listName}.new`)
  fs.writeFileSync(aside, JSON.stringify({ publication: 'trellis library', files: named }))
  fs.renameSync(aside, path.join(folder, listName))
}

/** With the folders that it leaves empty. */
const removeFrom = (folder: string, file: string): void => {
  fs.rmSync(path.join(folder, file), { force: true })
  for (let parent = path.dirname(file); parent !== '.'; parent = path.dirname(parent)) {
    try {
      fs.rmdirSync(path.join(folder, parent))
    } catch {
      return
    }
  }
}
