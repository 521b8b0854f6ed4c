import { BackLink, Button, Link, page, Tag, TaskList, Title, type Handler } from '../../../web/index.ts'
import { day } from '../../../subjects/index.ts'
import { readWritten, standingByField } from '../../writing/index.ts'
import { lawOf, partsOf, type Part } from '../assessment.ts'
import { aboutAssessment, atAssessment, listOf } from '../at-assessment.ts'
import { AidFrom, Changed, Done, partName, ToCheck } from './notices.tsx'

/** One assessment: its parts, to be written in any order, in several sittings and by several people. */
export const assessmentPage: Handler = async (ask) => {
  const here = await atAssessment(ask)
  if (here.kind === 'answer') return here.answer
  const { at, assessment, base } = here
  const words = ask.w.assessment
  const written = await readWritten(ask.tx, ask.house.keys, at.worker.partnership, assessment.id)
  const standing = standingByField(written)
  const stateOf = ({ asks }: Part): 'none' | 'begun' | 'two' => {
    const texts = asks.map(({ name }) => standing.get(name) ?? [])
    if (texts.some((one) => one.length > 1)) return 'two'
    return texts.flat().some((one) => one.words.trim() !== '') ? 'begun' : 'none'
  }
  const intro = { screening: words.one.introScreening, assessment: words.one.intro, capacity: words.one.introCapacity }
  return page({
    title: words.purposes[assessment.purpose],
    frame: 'staff',
    about: aboutAssessment(at, [assessment], written),
    body: (
      <>
        <BackLink href={ask.href(listOf(at))}>{words.one.back}</BackLink>
        <Done ask={ask} />
        <AidFrom ask={ask} here={here} written={written} />
        <Title caption={day(ask, assessment.started_at)}>{words.purposes[assessment.purpose]}</Title>
        <Changed ask={ask} here={here} />
        <p class="govuk-body">{intro[assessment.purpose]}</p>
        <ToCheck ask={ask} law={lawOf(assessment.purpose)} />
        {assessment.carried_from && <p class="govuk-body">{words.one.carried}</p>}
        <h2 class="govuk-heading-m">{words.one.parts}</h2>
        <TaskList
          items={partsOf(assessment.purpose).map((part) => {
            const state = stateOf(part)
            const { status } = words.one
            return {
              title: partName(ask, part.part),
              href: ask.href(`${base}/${part.part}`),
              status: state === 'begun' ? status.begun : { text: <Tag classes={tags[state]}>{status[state]}</Tag> },
            }
          })}
        />
        <div class="govuk-button-group">
          <Button href={ask.href(`${base}/check`)}>{words.one.check}</Button>
          <Link href={ask.href(`${base}/print`)}>{words.print.link}</Link>
        </div>
      </>
    ),
  })
}

const tags = { none: 'govuk-tag--grey', two: 'govuk-tag--orange' }
