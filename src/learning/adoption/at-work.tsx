import { hasRole, localDate } from '../../platform/index.ts'
import { fill, Link, type House } from '../../web/index.ts'
import { isOverdue } from './decisions/decision.ts'
import { programmesOf } from './decisions/queries.ts'
import { firstLine } from './trials/pages/list.tsx'
import { trialsOf } from './trials/queries.ts'

/**
 * What waits here: for a learning lead the decisions past the day on which somebody promised to look again, and for
 * anybody the trials that they own and that nothing came of yet.
 */
export const atWork: House['atWork'] = async (ask) => {
  if (ask.viewer.kind !== 'staff') return null
  const { partnership, staff } = ask.viewer
  const today = localDate(ask.house.now(), ask.place.zone)
  const programmes = hasRole(ask.viewer, 'learning') ? await programmesOf(ask.tx, partnership) : []
  const late = programmes.filter((one) => isOverdue(one, today)).length
  const own = (await trialsOf(ask.tx, partnership, staff)).filter(({ state }) => state === 'trying')
  if (late === 0 && own.length === 0) return null
  const { work: words } = ask.w.adoption
  return (
    <section aria-labelledby="learning-at-work">
      <h2 class="govuk-heading-m" id="learning-at-work">
        {words.title}
      </h2>
      {late > 0 && (
        <p class="govuk-body">
          {late === 1 ? words.overdue.one : fill(words.overdue.many, { count: late })}{' '}
          <Link href={ask.href('/decisions')}>{words.see}</Link>
        </p>
      )}
      {own.length > 0 && (
        <>
          <h3 class="govuk-heading-s">{words.own}</h3>
          <ul class="govuk-list govuk-list--bullet">
            {own.map(({ id, trying }) => (
              <li>
                <Link href={ask.href(`/adoption/${id}`)}>{firstLine(trying)}</Link>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}
