import { NotFound } from '../../../platform/index.ts'
import { namesFor } from '../../../staff/index.ts'
import { day } from '../../../subjects/index.ts'
import {
  BackLink,
  Errors,
  fill,
  InsetText,
  page,
  redirect,
  Title,
  type Ask,
  type FieldError,
  type Handler,
} from '../../../web/index.ts'
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
  type Said,
} from '../../writing/index.ts'
import { aboutPack, answered, atPack, type AtPack } from '../at-pack.ts'
import { questionOf, saidOf, tooMuch, type Asks, type Part } from '../nrm.ts'
import { prefillsOf } from '../queries.ts'
import { PackDone } from './packs.tsx'
import { TellsAlready, toldAlready } from './told.tsx'

/** One part of the form, with the questions to which the answers so far lead. */
export const partPage: Handler = async (ask) => {
  const here = await atPack(ask)
  return here.kind === 'answer' ? here.answer : view(ask, here, partCalled(here, ask.params['part']))
}

/** Keeps what was written, pressed or by itself. Where an answer leads to more questions here, they are asked next. */
export const sendPart: Handler = async (ask) => {
  const here = await atPack(ask)
  if (here.kind === 'answer') return here.answer
  const { at, pack, base, route } = here
  const part = partCalled(here, ask.params['part'])
  const { sitting, does, typed, wrong } = readSent(ask, part.asks.map(questionOf))
  if (wrong.length && does !== 'keep') return view(ask, here, part, wrong)
  const sent = { sitting, typed, event: 'pack written', at: at.now }
  const kept = await write(ask.tx, ask.house.keys, at.worker, pack, sent)
  if (does === 'keep') return keptAnswer(ask, kept, typed, wrong, at.now)
  if (does === 'later') return redirect(`${base}?done=kept`)
  const { parts } = answered(route, await readWritten(ask.tx, ask.house.keys, at.worker.partnership, pack.id))
  const now = parts.findIndex((one) => one.part === part.part)
  const isNew = parts[now]?.asks.some(({ name }) => !part.asks.some((one) => one.name === name))
  const isTwo = [...kept.values()].some(({ outcome }) => outcome === 'beside')
  if (isNew || isTwo) return redirect(`${base}/parts/${part.part}${isNew ? '?more=1' : ''}`)
  const next = parts[now + 1]
  return redirect(next ? `${base}/parts/${next.part}` : `${base}/check`)
}

/** @throws {NotFound} for a part that this way does not have */
const partCalled = ({ parts }: AtPack, name: string | undefined): Part => {
  const part = parts.find((one) => one.part === name)
  if (!part) throw new NotFound()
  return part
}

const view = async (ask: Ask, here: AtPack, part: Part, errors: readonly FieldError[] = []) => {
  const { at, pack, base, parts, written } = here
  const words = ask.w.packs.part
  const standing = standingByField(written)
  const textsOf = ({ name }: Asks) => standing.get(name) ?? []
  const prefills = await prefillsOf(ask.tx, at.worker.partnership, pack.id)
  const two = part.asks.filter((one) => textsOf(one).length > 1)
  const names = await namesFor(
    ask.tx,
    two.flatMap((one) => textsOf(one).map(({ written_by }) => written_by)),
  )
  const told = await toldAlready(ask, here, part)
  /** What begins an answer says where it is from, until somebody wrote another. */
  const hinted = (one: Asks): Said => {
    const said = saidOf(one)
    const from = prefills.get(one.name)
    const isFirst = from && textsOf(one).every(({ version }) => version === 1)
    const lines = [
      said.hint,
      one.safe && words.safe,
      isFirst && fill(words.from[from.source], { day: day(ask, from.source_at) }),
    ]
    const hint = lines.filter(Boolean).join(' ')
    return { ...said, ...(hint && { hint }) }
  }
  const shown = part.asks.map((one) => boxesFilled(questionOf(one), textOf(textsOf(one))))
  return page({
    title: part.title,
    status: errors.length ? 422 : 200,
    frame: 'staff',
    script: 'writing',
    about: aboutPack(here),
    body: (
      <>
        <BackLink href={ask.href(base)}>{ask.w.packs.nrm}</BackLink>
        <PackDone ask={ask} />
        <Errors ask={ask} errors={errors} />
        <Title caption={fill(words.caption, { at: parts.indexOf(part) + 1, of: parts.length })}>{part.title}</Title>
        {ask.query['more'] && <InsetText>{words.more}</InsetText>}
        {part.intro && <p class="govuk-body">{part.intro}</p>}
        <TooMuch ask={ask} asks={part.asks} answers={here.answers} />
        <TellsAlready ask={ask} told={told} />
        {two.map((one) => (
          <Two ask={ask} question={questionOf(one)} said={saidOf(one)} texts={textsOf(one)} names={names} />
        ))}
        <Writes
          ask={{ ...ask, form: { ...Object.assign({}, ...shown), ...ask.form } }}
          asked={part.asks.map((one) => ({
            question: questionOf(one),
            said: hinted(one),
            read: textsOf(one).map(({ version }) => version),
            hints: hintsIn(textOf(textsOf(one))),
          }))}
          errors={errors}
          {...(two.length > 0 && { one: words.oneButton })}
        />
      </>
    ),
  })
}

/** What is longer than the form outside takes. It is kept, and said. */
export const TooMuch = ({ ask, asks, answers }: { ask: Ask; asks: readonly Asks[]; answers: AtPack['answers'] }) => {
  const lines = longIn(ask, asks, answers)
  if (lines.length === 0) return null
  return (
    <InsetText>
      {lines.map((line) => (
        <p class="govuk-body">{line}</p>
      ))}
    </InsetText>
  )
}

export const longIn = (ask: Ask, asks: readonly Asks[], answers: AtPack['answers']): string[] =>
  asks.flatMap((one) => {
    const much = tooMuch(one, answers.get(one.name) ?? '')
    if (!much) return []
    const { tooLong, tooMany } = ask.w.packs.part
    const counts = { has: much.has.toLocaleString('en-GB'), most: much.most.toLocaleString('en-GB') }
    return [fill(much.of === 'lines' ? tooMany : tooLong, { label: one.label, ...counts })]
  })
