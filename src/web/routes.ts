import type { Role, Viewer } from '../platform/index.ts'
import type { Handler, Taker } from './ask.ts'

/** Who may ask for a page. `anyone` includes the signed-in; `signed in` is any member of staff. */
export type Who = 'anyone' | 'signed in' | 'front door' | readonly Role[]

export type Route = {
  method: 'get' | 'post'
  path: string
  page: Handler | Taker
  who: Who
  /** The event that a view of it leaves, against what the page says it is about. */
  looks?: string
  /** Takes files: at most this many, each at most 25 MB. */
  files?: number
  /** Takes one file that is bigger than memory, as it comes. What is typed stands before it in the form. */
  streams?: true
}

export const mayAsk = (who: Who, viewer: Viewer): boolean => {
  if (who === 'anyone') return true
  if (viewer.kind !== 'staff') return false
  if (who === 'signed in') return true
  if (who === 'front door') return viewer.frontDoor
  return who.some((role) => viewer.roles.includes(role))
}
