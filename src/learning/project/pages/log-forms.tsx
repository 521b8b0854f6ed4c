import { z } from 'zod'
import { NotFound } from '../../../platform/index.ts'
import {
  dateBoxes,
  DateBoxes,
  dateShown,
  errorFor,
  fill,
  needDate,
  Radios,
  readForm,
  redirect,
  typed,
  type Ask,
} from '../../../web/index.ts'
import { Prose } from '../../prose-shown.tsx'
import type { At } from '../at-project.ts'
import { contribute, sayChange } from '../contribute.ts'
import { findingsOf } from '../report-state.ts'
import { keptForm } from '../kept-form.ts'
import { aimsOf } from '../queries.ts'
import { logOf, sessionsOf } from '../session-queries.ts'
import { ChoiceField, line, LineField, prose, ProseField } from './fields.tsx'
import { dayOf, formPage, KeptForm } from './frame.tsx'

/** What somebody contributed, named or not as they choose. */
export const newEntryPages = keptForm({
  fill: (_, { today }) => dateShown('on', today),
  send: async (ask, at) => {
    const words = ask.w.projects.log.form
    const read = readForm(
      z
        .strictObject({
          ...dateBoxes(ask, 'on'),
          invited: line(ask, words.invitedMissing),
          named: z.enum(['yes', 'no'], words.namedMissing),
          contributor: line(ask),
          words: prose(ask, words.wordsMissing),
        })
        .transform((value, ctx) => {
          const { invited, named, contributor, words: said } = value
          if (named === 'yes' && !contributor)
            ctx.addIssue({ code: 'custom', path: ['contributor'], message: words.contributorMissing })
          const on_day = needDate(ask, value, 'on', { today: at.today, missing: words.dayMissing, ctx })
          return { invited, words: said, on_day, contributor: named === 'yes' ? contributor : '' }
        }),
      ask.form,
    )
    if (!read.ok) return read.errors
    await contribute(ask.tx, at.viewer, at.project.id, read.value, at.now)
    return redirect(`${at.base}/log?done=entry`)
  },
  show: (ask, at, shown) => {
    const words = ask.w.projects.log.form
    const field = { ask, errors: shown.errors }
    return formPage({
      ask,
      at,
      title: words.title,
      back: '/log',
      shown,
      children: (
        <KeptForm ask={ask} button={words.button}>
          <DateBoxes {...field} name="on" legend={words.on} form={ask.form} />
          <LineField {...field} name="invited" label={words.invited} hint={words.invitedHint} />
          <Radios
            name="named"
            fieldset={{ legend: { text: words.named, classes: 'govuk-fieldset__legend--s' } }}
            value={typed(ask.form, 'named')}
            errorMessage={errorFor(shown.errors, 'named')}
            items={[
              {
                value: 'yes',
                text: words.namedYes,
                conditional: <LineField {...field} name="contributor" label={words.contributor} />,
              },
              { value: 'no', text: words.namedNo, hint: words.namedNoHint },
            ]}
          />
          <ProseField {...field} name="words" label={words.words} hint={words.hint} />
        </KeptForm>
      ),
    })
  },
})

/** @throws {NotFound} */
const entryHere = async (ask: Ask, at: At) => {
  const { contributions } = await logOf(ask.tx, at.viewer.partnership, at.project.id)
  const one = contributions.find(({ id }) => id === ask.params['entry'])
  if (!one) throw new NotFound()
  return one
}

/** What changed because of it: in the aims, at a session, in what was learnt. */
export const changePages = keptForm({
  send: async (ask, at) => {
    const words = ask.w.projects.log.change
    const { id } = await entryHere(ask, at)
    const of = [ask.tx, at.viewer.partnership, at.project.id] as const
    const [aims, sessions, findings] = [await aimsOf(...of), await sessionsOf(...of), await findingsOf(...of)]
    const read = readForm(
      z.strictObject({
        words: prose(ask, words.wordsMissing),
        aims: z.string().default(''),
        session: z.string().default(''),
        finding: z.string().default(''),
      }),
      ask.form,
    )
    if (!read.ok) return read.errors
    const change = {
      words: read.value.words,
      aims: aims.find((one) => one.id === read.value.aims)?.id ?? null,
      session: sessions.find((one) => one.id === read.value.session)?.id ?? null,
      finding: findings.find((one) => one === read.value.finding) ?? '',
    }
    await sayChange(ask.tx, at.viewer, { project: at.project.id, contribution: id }, change, at.now)
    return redirect(`${at.base}/log?done=change`)
  },
  show: async (ask, at, shown) => {
    const words = ask.w.projects.log.change
    const one = await entryHere(ask, at)
    const of = [ask.tx, at.viewer.partnership, at.project.id] as const
    const field = { ask, errors: shown.errors }
    const aims = (await aimsOf(...of)).map(({ id, version }) => ({
      value: id,
      text: fill(ask.w.projects.log.aims, { version }),
    }))
    const sessions = (await sessionsOf(...of)).map(({ id, purpose, held_on }) => ({
      value: id,
      text: `${purpose}, ${dayOf(ask, held_on)}`,
    }))
    const findings = (await findingsOf(...of)).map((text) => ({ value: text, text }))
    return formPage({
      ask,
      at,
      title: words.title,
      back: '/log',
      shown,
      children: (
        <>
          <Prose>{one.words}</Prose>
          <KeptForm ask={ask} button={words.button}>
            <ProseField {...field} name="words" label={words.words} hint={words.hint} />
            <h2 class="govuk-heading-m">{words.where}</h2>
            <ChoiceField {...field} name="aims" label={words.aims} items={aims} />
            <ChoiceField {...field} name="session" label={words.session} items={sessions} />
            {findings.length > 0 && <ChoiceField {...field} name="finding" label={words.finding} items={findings} />}
          </KeptForm>
        </>
      ),
    })
  },
})
