import { NotFound } from '../../../platform/index.ts'
import { agencyNames } from '../../../partnership/index.ts'
import { moment } from '../../../subjects/index.ts'
import { namesFor } from '../../../staff/index.ts'
import { BackLink, Errors, fill, page, redirect, Title, type Ask, type FieldError } from '../../../web/index.ts'
import type { Handler } from '../../../web/index.ts'
import {
  answerInWords,
  Both,
  OneText,
  readSent,
  readWritten,
  write,
  wrongInOne,
  type Written,
} from '../../writing/index.ts'
import type { Asks } from '../assessment.ts'
import { aboutAssessment, atAssessment, saidOf, type AtAssessment } from '../at-assessment.ts'
import { partCalled } from './part.tsx'

/** One answer with every text it ever had; where two stand, this is where a person makes one of them. */
export const answerPage: Handler = async (ask) => {
  const here = await atAssessment(ask)
  return here.kind === 'answer' ? here.answer : view(ask, here, asksCalled(ask, here))
}

export const sendAnswer: Handler = async (ask) => {
  const here = await atAssessment(ask)
  if (here.kind === 'answer') return here.answer
  const { at, assessment, base } = here
  const asks = asksCalled(ask, here)
  const sent = readSent(ask, [asks])
  const errors = wrongInOne(ask, sent)
  if (errors.length) return view(ask, here, asks, errors)
  const event = assessment.finish ? 'assessment amended' : 'assessment written'
  const { sitting, typed } = sent
  await write(ask.tx, ask.house.keys, at.worker, assessment, { sitting, typed, event, at: at.now })
  return redirect(`${base}/${ask.params['part']}?done=one`)
}

/** @throws {NotFound} for a question that this part does not ask */
const asksCalled = (ask: Ask, here: AtAssessment): Asks => {
  const found = partCalled(here, ask.params['part']).asks.find(({ name }) => name === ask.params['answer'])
  if (!found) throw new NotFound()
  return found
}

const view = async (ask: Ask, here: AtAssessment, asks: Asks, errors: readonly FieldError[] = []) => {
  const { at, assessment, base } = here
  const words = ask.w.assessment.answer
  const only = { every: true, fields: [asks.name] }
  const texts = await readWritten(ask.tx, ask.house.keys, at.worker.partnership, assessment.id, only)
  const standing = texts.filter(({ replaced_at }) => replaced_at === null)
  const earlier = texts.filter(({ replaced_at }) => replaced_at !== null).reverse()
  const names = await namesFor(
    ask.tx,
    texts.map(({ written_by }) => written_by),
  )
  const agencies = await agencyNames(
    ask.tx,
    texts.map(({ agency_id }) => agency_id),
  )
  const said = saidOf(ask, asks.name)
  const shown = (one: Written) => {
    const whose = fill(words.whose, {
      name: names.get(one.written_by)?.name ?? ask.w.story.somebody,
      agency: agencies.get(one.agency_id) ?? '',
      when: moment(ask, one.written_at),
    })
    const until = one.replaced_at ? fill(words.until, { when: moment(ask, one.replaced_at) }) : words.stands
    return {
      id: one.id,
      by: `${whose}. ${until}`,
      words: answerInWords(asks, said, one.words) || words.cleared,
    }
  }
  const title = standing.length > 1 ? words.title : words.earlier
  return page({
    title,
    status: errors.length ? 422 : 200,
    frame: 'staff',
    about: aboutAssessment(at, [assessment], texts),
    body: (
      <>
        <BackLink href={ask.href(`${base}/${ask.params['part']}`)}>{ask.w.common.back}</BackLink>
        <Errors ask={ask} errors={errors} />
        <Title caption={said.label}>{title}</Title>
        {standing.length > 1 && <p class="govuk-body">{words.intro}</p>}
        <Both texts={standing.map(shown)} />
        {standing.length > 1 && <OneText ask={ask} question={asks} said={said} standing={standing} errors={errors} />}
        {standing.length > 1 && earlier.length > 0 && <h2 class="govuk-heading-m">{words.earlier}</h2>}
        {earlier.length > 0 ? <Both texts={earlier.map(shown)} /> : <p class="govuk-body">{words.noneEarlier}</p>}
      </>
    ),
  })
}
