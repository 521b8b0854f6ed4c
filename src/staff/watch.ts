import { tokenHash, type StaffViewer } from '../platform/index.ts'
import type { House, Watch } from '../web/index.ts'
import { whoAre } from './session.ts'

/*
 * What stays open longer than a request, a live list or a file on a slow line, ends with the sign-in behind it. The
 * database is asked twice a second, once for everything that is open in this process: it does not matter which process
 * ended the sign-in, and nobody is told anything that could be lost on the way.
 */
const every_ms = 500

type Watched = { hash: Buffer; stands: (viewer: StaffViewer) => boolean; end: () => void }

/** Starts a watch for one process. It asks nothing while nothing is open. */
export const watchSignIns = (house: House): Watch => {
  const watched = new Map<string, Set<Watched>>()
  let timer: NodeJS.Timeout | undefined
  const look = async (): Promise<void> => {
    for (const [partnership, open] of watched) {
      const asked = [...open]
      const now = await whoAre(
        house,
        partnership,
        asked.map(({ hash }) => hash),
      )
      for (const one of asked) {
        const viewer = now.get(one.hash.toString('hex'))
        if (viewer && one.stands(viewer)) continue
        forget(partnership, one)
        one.end()
      }
    }
  }
  const turn = (): void => {
    timer ??= setTimeout(() => {
      // A database that is away has heard of no end either: what is open waits like everybody else.
      void look()
        .catch(() => {})
        .finally(() => {
          timer = undefined
          if (watched.size > 0) turn()
        })
    }, every_ms).unref()
  }
  const forget = (partnership: string, one: Watched): void => {
    const open = watched.get(partnership)
    open?.delete(one)
    if (open?.size === 0) watched.delete(partnership)
  }
  return (place, cookies, end, stands = () => true) => {
    const token = cookies['session']
    if (!token) return () => {}
    const one: Watched = { hash: tokenHash(house.keys, 'session', token), stands, end }
    watched.set(place.id, (watched.get(place.id) ?? new Set()).add(one))
    turn()
    return () => forget(place.id, one)
  }
}
