import { NotFound } from '../../../platform/index.ts'
import { namesFor } from '../../../staff/index.ts'
import { BackLink, Errors, fill, Link, page, redirect, Title, type Ask, type FieldError } from '../../../web/index.ts'
import type { Handler } from '../../../web/index.ts'
import {
  boxesFilled,
  hintsIn,
  keptAnswer,
  readSent,
  readWritten,
  standingByField,
  textOf,
  Two,
  write,
  Writes,
  type Written,
} from '../../writing/index.ts'
import { lawOf, partsOf, type Asks, type Part } from '../assessment.ts'
import { aboutAssessment, atAssessment, saidOf, type AtAssessment } from '../at-assessment.ts'
import { AidFrom, Changed, Done, partName, ToCheck } from './notices.tsx'
import { Told, toldFor } from './told.tsx'

/** One part of an assessment, as it stands now. */
export const partPage: Handler = async (ask) => {
  const here = await atAssessment(ask)
  return here.kind === 'answer' ? here.answer : view(ask, here, partCalled(here, ask.params['part']))
}

/** Keeps what was written: pressed, or sent by the page itself while somebody types. Both go the same way. */
export const sendPart: Handler = async (ask) => {
  const here = await atAssessment(ask)
  if (here.kind === 'answer') return here.answer
  const { at, assessment, base } = here
  const part = partCalled(here, ask.params['part'])
  const { sitting, does, typed, wrong } = readSent(ask, part.asks)
  if (wrong.length && does !== 'keep') return view(ask, here, part, wrong)
  const event = assessment.finish ? 'assessment amended' : 'assessment written'
  const kept = await write(ask.tx, ask.house.keys, at.worker, assessment, { sitting, typed, event, at: at.now })
  if (does === 'keep') return keptAnswer(ask, kept, typed, wrong, at.now)
  const two = [...kept].find(([, { outcome }]) => outcome === 'beside')
  if (two) return redirect(`${base}/${part.part}/${two[0]}`)
  const from = typed.some(({ words }) => hintsIn(words).length) ? `?from=${part.part}` : ''
  if (does === 'later') return redirect(`${base}${from || '?done=kept'}`)
  const parts = partsOf(assessment.purpose)
  const next = parts[parts.indexOf(part) + 1]
  return redirect(`${base}/${next ? next.part : 'check'}${from}`)
}

/** @throws {NotFound} for a part that this kind of assessment does not have */
export const partCalled = ({ assessment }: AtAssessment, name: string | undefined): Part => {
  const part = partsOf(assessment.purpose).find((one) => one.part === name)
  if (!part) throw new NotFound()
  return part
}

const view = async (ask: Ask, here: AtAssessment, part: Part, errors: readonly FieldError[] = []) => {
  const { at, assessment, base } = here
  const words = ask.w.assessment.part
  const written = await readWritten(ask.tx, ask.house.keys, at.worker.partnership, assessment.id)
  const standing = standingByField(written)
  const textsOf = ({ name }: Asks): Written[] => standing.get(name) ?? []
  // What was just typed is on the page again, whatever stands by now.
  const single = part.asks.filter((one) => textsOf(one).length < 2 || ask.form[`v-${one.name}`] !== undefined)
  const shown = single.map((one) => boxesFilled(one, textOf(textsOf(one))))
  const parts = partsOf(assessment.purpose)
  const of = { purpose: ask.w.assessment.purposes[assessment.purpose], at: parts.indexOf(part) + 1, of: parts.length }
  const intro = (ask.w.assessment.intros as Record<string, string>)[part.part]
  const told = await toldFor(ask, at, part.part)
  const names = await namesFor(
    ask.tx,
    written.map(({ written_by }) => written_by),
  )
  const carried = part.asks.some((one) => textsOf(one).some(({ carried_from }) => carried_from !== null))
  return page({
    title: partName(ask, part.part),
    status: errors.length ? 422 : 200,
    frame: 'staff',
    script: 'writing',
    about: aboutAssessment(at, [assessment], written),
    body: (
      <>
        <BackLink href={ask.href(base)}>{ask.w.common.back}</BackLink>
        <Done ask={ask} />
        <Errors ask={ask} errors={errors} />
        <AidFrom ask={ask} here={here} written={written} />
        <Title caption={fill(words.caption, of)}>{partName(ask, part.part)}</Title>
        <Changed ask={ask} here={here} />
        {intro && <p class="govuk-body">{intro}</p>}
        <ToCheck ask={ask} law={lawOf(assessment.purpose, part)} />
        <Told ask={ask} told={told} />
        {carried && <p class="govuk-body govuk-!-font-weight-bold">{words.carried}</p>}
        {part.asks
          .filter((one) => textsOf(one).length > 1)
          .map((one) => (
            <Two
              ask={ask}
              question={one}
              said={saidOf(ask, one.name)}
              texts={textsOf(one)}
              names={names}
              href={`${base}/${part.part}/${one.name}`}
            />
          ))}
        <Writes
          ask={{ ...ask, form: { ...Object.assign({}, ...shown), ...ask.form } }}
          asked={single.map((question) => {
            const texts = textsOf(question)
            const read = texts.map(({ version }) => version)
            return { question, said: saidOf(ask, question.name), read, hints: hintsIn(textOf(texts)) }
          })}
          errors={errors}
        />
        <Earlier ask={ask} part={part} base={base} written={written} />
      </>
    ),
  })
}

const Earlier = (props: { ask: Ask; part: Part; base: string; written: readonly Written[] }) => {
  const { ask, part, base, written } = props
  const words = ask.w.assessment.part
  const changed = part.asks.filter(({ name }) => written.some(({ field, version }) => field === name && version > 1))
  if (changed.length === 0) return null
  return (
    <>
      <h2 class="govuk-heading-s">{words.earlier}</h2>
      <ul class="govuk-list">
        {changed.map(({ name }) => (
          <li>
            <Link href={ask.href(`${base}/${part.part}/${name}`)}>{saidOf(ask, name).label}</Link>
          </li>
        ))}
      </ul>
    </>
  )
}
