import type { ComponentChildren } from 'preact'
import type { restrictedIn, Through } from '../subjects/index.ts'
import type { Ask } from '../web/index.ts'

/** What of an agency's rows a section showed: the event of the look names the restricted classes among it. */
export type ShownRow = Parameters<typeof restrictedIn>[0][number]

type Parts<T> = {
  title: (ask: Ask) => string
  /** Where more of it is, below the person's own address: 'chronology'. */
  href?: string
  ask: (ask: Ask, at: Through) => Promise<T>
  /** Null where there is nothing to say: the section is left out. */
  view: (ask: Ask, at: Through, told: T) => ComponentChildren | null
  /** Nothing of it is there yet: the page names it, with the way to it, and says no more. */
  isEmpty?: (told: T) => boolean
  shown?: (told: T) => readonly ShownRow[]
}

export type PersonSection = {
  title: (ask: Ask) => string
  href: string | undefined
  show: (
    ask: Ask,
    at: Through,
  ) => Promise<{ body: ComponentChildren | null; isEmpty: boolean; shown: readonly ShownRow[] }>
}

/** One section of the page of a person: what it asks, once, and how it says what it was told. */
export const section = <T>({ title, href, ask, view, isEmpty, shown }: Parts<T>): PersonSection => ({
  title,
  href,
  show: async (asked, at) => {
    const told = await ask(asked, at)
    return { body: view(asked, at, told), isEmpty: isEmpty?.(told) ?? false, shown: shown?.(told) ?? [] }
  },
})
