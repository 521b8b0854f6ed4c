import { concernsNaming, concernsSeen } from '../../concerns/index.ts'
import { concernsOfBusiness } from '../../joining/index.ts'
import { isId } from '../../platform/index.ts'
import { describedContexts, type Through } from '../../subjects/index.ts'
import type { Ask } from '../../web/index.ts'
import type { Link } from './context.ts'
import { linksOf } from './queries.ts'

type Seen = Awaited<ReturnType<typeof concernsSeen>>[number]
export type ConcernsAbout = {
  linked: (Seen & { link: Link })[]
  /** How many more are linked that this viewer may not read. */
  hidden: number
  /** Those of what they may read that name the same place, or a business that may be this one, and that nobody has linked. */
  may: Seen[]
}

/** The concerns about a context as this viewer may see them: said to be, and likely to be. */
export const concernsAboutContext = async (ask: Ask, at: Through): Promise<ConcernsAbout> => {
  const { tx, house } = ask
  const { partnership } = at.worker
  const links = await linksOf(tx, partnership, at.subject.id)
  const seen = await concernsSeen(
    tx,
    partnership,
    links.map(({ concern_id }) => concern_id),
  )
  const linked = seen.flatMap((one) => {
    const link = links.find(({ concern_id }) => concern_id === one.id)
    return link ? [{ ...one, link }] : []
  })
  const described = (await describedContexts(tx, house.keys, partnership, [at.subject.id])).get(at.subject.id)
  const naming = described ? await concernsNaming(tx, house.keys, partnership, described.name) : []
  const named =
    described && at.subject.kind === 'business' ? await concernsOfBusiness(tx, house.keys, partnership, described) : []
  // One that a reader comes with from its own page is asked about too.
  const come = await concernsSeen(tx, partnership, [ask.query['concern'] ?? '', ...named].filter(isId))
  const may = [...come, ...naming.filter(({ id }) => !come.some((one) => one.id === id))].filter(
    ({ id }) => !links.some(({ concern_id }) => concern_id === id),
  )
  return { linked, hidden: links.length - linked.length, may }
}
