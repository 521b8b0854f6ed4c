import { agencyNames, areasNamed } from '../../partnership/index.ts'
import { dateFormat, fill, wordsIn } from '../../web/index.ts'
import type { StaffViewer, Tx } from '../../platform/index.ts'
import { kinds, labelIn, sizes } from '../codes.ts'
import type { ReportContent } from '../report/content.ts'
import { asPoints } from './points.ts'
import { projectFor } from './queries.ts'
import { stateOf, type State } from './state.ts'

const dayOf = dateFormat({ dateStyle: 'long' })
const day = (date: string): string => dayOf('UTC').format(new Date(`${date}T12:00:00Z`))
const points = (lines: readonly string[]): string =>
  lines.map((line) => `- ${line.replace(/\s*\n\s*/g, ' ')}`).join('\n')
const parts = (some: readonly string[]): string => some.filter(Boolean).join('\n\n')

/**
 * What a project holds already of its learning report, in the fields of the form: nobody is asked it again.
 * @throws {NotFound} for a project that is not the viewer's to read
 */
export const projectFacts = async (tx: Tx, viewer: StaffViewer, id: string): Promise<Partial<ReportContent>> => {
  const { partnership } = viewer
  await projectFor(tx, partnership, id)
  const state = await stateOf(tx, partnership, id)
  const { project, application, agreements, specification } = state
  const named = await agencyNames(tx, [
    ...agreements.map(({ agency_id }) => agency_id),
    ...(application ? [application.agency_id] : []),
  ])
  const areas = (await areasNamed(tx, partnership)).filter((one) => application?.areas.includes(one.id))
  const { name } = await tx
    .selectFrom('partnership')
    .select('name')
    .where('id', '=', partnership)
    .executeTakeFirstOrThrow()
  return {
    partnership_name: name,
    core_partners: [...new Set(named.values())].join(', '),
    authorities: areas.length > 0 ? `${areas.length}: ${areas.map((one) => one.name).join(', ')}` : '',
    region: application?.region ?? '',
    size: labelIn(sizes, project.size),
    methodology: labelIn(kinds, project.kind),
    commenced: specification ? day(specification.starts_on) : '',
    reasons: application ? parts([application.reasons, application.hoped_for]) : '',
    aims: aimsTold(state),
    methods: methodsTold(state),
  }
}

const words = () => wordsIn('en').projects.facts

/** The aims as they stand, and how they came to be so. */
const aimsTold = ({ aims }: State): string => {
  const latest = aims.at(-1)
  if (!latest) return ''
  const changes = aims
    .slice(1)
    .map(({ version, why, feedback, written_at }) =>
      fill(words().change, { version, why, feedback, day: dayOf('UTC').format(written_at) }),
    )
  return parts([asPoints(latest.words), changes.length > 0 ? `${words().changed}\n${points(changes)}` : ''])
}

/** How it worked: the methods, who delivered, and the sessions with how many came. */
const methodsTold = ({ specification, sessions, groups }: State): string => {
  const held = sessions.map(({ id, held_on, purpose }) => {
    const there = groups.filter(({ session_id, came }) => session_id === id && came !== null)
    const came = there.reduce((all, one) => all + (one.came ?? 0), 0)
    const agencies = new Set(there.flatMap(({ agency_id, came: some }) => (agency_id && some ? [agency_id] : []))).size
    return fill(there.length > 0 ? words().session : words().sessionUntold, {
      day: day(held_on),
      purpose,
      came,
      agencies,
    })
  })
  return parts([
    specification?.methods ?? '',
    specification ? `${words().delivered}\n${specification.delivery_partners}` : '',
    held.length > 0 ? `${words().sessions}\n${points(held)}` : '',
  ])
}
