import { z } from 'zod'
import { namesFor } from '../../../../staff/index.ts'
import { moment } from '../../../../subjects/index.ts'
import {
  Button,
  errorFor,
  fill,
  Form,
  Link,
  Radios,
  readForm,
  redirect,
  SummaryList,
  typed,
  type Ask,
  type FieldError,
  type Handler,
} from '../../../../web/index.ts'
import { dayOf, Line, mayWrite, mustLine, mustWords, onePage, Said, WordsBox, workerOf } from '../../pages/frame.tsx'
import { labelIn, strengths } from '../../../codes.ts'
import { fits, type Citing, type LocalFit } from '../evidence.ts'
import { sayFit } from '../keep.ts'
import { citingOf, fitsOf } from '../queries.ts'
import { here } from './new.tsx'

/** One piece of evidence: what it says, how it fits here and who says so, and which decisions went by it. */
export const evidencePage: Handler = (ask) => view(ask)

export const sendFit: Handler = async (ask) => {
  const { id } = await here(ask)
  const words = ask.w.adoption.evidence.fit
  const read = readForm(
    z.strictObject({
      fit: z.enum(fits, words.fitMissing),
      words: mustWords(ask, words.wordsMissing),
      according_to: mustLine(ask, words.accordingMissing),
    }),
    ask.form,
  )
  if (!read.ok) return view(ask, read.errors)
  await sayFit(ask.tx, workerOf(ask), id, read.value, ask.house.now())
  return redirect(`/evidence/${id}?done=fit-said`)
}

const view = async (ask: Ask, errors: readonly FieldError[] = []) => {
  const found = await here(ask)
  const words = ask.w.adoption.evidence
  const said = await fitsOf(ask.tx, ask.viewer.partnership, found.id)
  const citing = await citingOf(ask.tx, ask.viewer.partnership, found.id)
  const names = await namesFor(ask.tx, [found.added_by, ...said.map(({ said_by }) => said_by)])
  const nameOf = (id: string): string => names.get(id)?.name ?? ask.w.adoption.somebody
  return onePage({
    ask,
    title: found.title,
    caption: words.kinds[found.kind],
    back: { href: '/evidence', text: words.title },
    errors,
    children: (
      <>
        <Said>{found.summary}</Said>
        <SummaryList
          rows={[
            { key: words.rows.source, value: `${found.source}, ${found.year}` },
            found.link !== '' && {
              key: words.rows.link,
              value: (
                <a class="govuk-link" href={found.link} rel="noreferrer">
                  {found.link}
                </a>
              ),
            },
            { key: words.rows.strength, value: <Strength code={found.strength} /> },
            { key: words.rows.added, value: `${nameOf(found.added_by)}, ${moment(ask, found.added_at)}` },
          ]}
        />
        {mayWrite(ask) && (
          <p class="govuk-body">
            <Link href={ask.href(`/evidence/${found.id}/change`)}>{words.change}</Link>
          </p>
        )}
        <h2 class="govuk-heading-m">{words.fit.title}</h2>
        {said.length === 0 && <p class="govuk-body">{words.fit.none}</p>}
        <ul class="trellis-rows">
          {said.map((one) => (
            <FitRow ask={ask} one={one} name={nameOf(one.said_by)} />
          ))}
        </ul>
        <h2 class="govuk-heading-m">{words.citing}</h2>
        {citing.length === 0 && <p class="govuk-body">{words.citingNone}</p>}
        <ul class="govuk-list govuk-list--bullet">
          {citing.map((one) => (
            <CitingLine ask={ask} one={one} />
          ))}
        </ul>
        {mayWrite(ask) && <SayFit ask={ask} errors={errors} />}
      </>
    ),
  })
}

const Strength = ({ code }: { code: string }) => (
  <>
    {labelIn(strengths, code)}
    <br />
    <span class="trellis-row__more">{strengths.find((one) => one.code === code)?.means}</span>
  </>
)

const FitRow = ({ ask, one, name }: { ask: Ask; one: LocalFit; name: string }) => {
  const words = ask.w.adoption.evidence
  return (
    <li class="trellis-row trellis-row--tall">
      <p class="govuk-body govuk-!-font-weight-bold">{words.fits[one.fit]}</p>
      <Said>{one.words}</Said>
      <span class="trellis-row__more">
        {fill(words.fit.by, { who: one.according_to, name, when: moment(ask, one.said_at) })}
      </span>
    </li>
  )
}

const CitingLine = ({ ask, one }: { ask: Ask; one: Citing }) => (
  <li>
    <Link href={ask.href(`/decisions/${one.programme_id}`)}>{one.name}</Link>:{' '}
    {(ask.w.adoption.decisions.outcomes as Record<string, string>)[one.outcome]}, {dayOf(ask, one.decided_on)}
  </li>
)

const SayFit = ({ ask, errors }: { ask: Ask; errors: readonly FieldError[] }) => {
  const words = ask.w.adoption.evidence
  const box = { ask, errors }
  return (
    <Form ask={ask} once>
      <h2 class="govuk-heading-m">{words.fit.say}</h2>
      <Radios
        name="fit"
        fieldset={{ legend: { text: words.fit.question, classes: 'govuk-fieldset__legend--s' } }}
        value={typed(ask.form, 'fit')}
        errorMessage={errorFor(errors, 'fit')}
        items={fits.map((value) => ({ value, text: words.fits[value] }))}
      />
      <WordsBox {...box} name="words" label={words.fit.words} />
      <Line {...box} name="according_to" label={words.fit.according} hint={words.fit.accordingHint} />
      <Button preventDoubleClick>{words.fit.button}</Button>
    </Form>
  )
}
