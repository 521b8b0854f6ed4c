import { z } from 'zod'
import { NotFound } from '../../../platform/index.ts'
import { namesFor } from '../../../staff/index.ts'
import { moment, type Through } from '../../../subjects/index.ts'
import { Button, Details, fill, Form, readForm, redirect, type Ask, type FieldError } from '../../../web/index.ts'
import { isWaiting, proposalsOf, takeOn, turnDown, type Proposal } from '../proposal.ts'
import { ActionForm, actionSchema, choices, type Choices } from './action.tsx'
import { formPage, most_words, planOfRecord, tooLong, withPlan, WordsBox } from './frame.tsx'

/** What was proposed, as an action that is filled in as far as it was said: taken on, or not and why. */
export const proposalPage = withPlan(async (ask, at) => {
  const there = await find(ask, at)
  return view({ ...ask, form: filledIn(there.proposal, at) }, at, there)
})

export const sendProposal = withPlan(async (ask, at) => {
  const there = await find(ask, at)
  const of = { keys: ask.house.keys, subject: at.subject, proposal: there.proposal }
  const read = ask.form['why'] === undefined ? readForm(actionSchema(ask, at, there), ask.form) : readNo(ask)
  if (!read.ok) return view(ask, at, there, read.errors)
  if ('why' in read.value) {
    const kept = await turnDown(ask.tx, at.worker, of, read.value.why, at.now)
    return kept === 'kept' ? redirect(`${planOfRecord(at)}?done=notTaken`) : before(ask, at, there)
  }
  const { owner, ...said } = read.value
  const kept = await takeOn(ask.tx, at.worker, of, { ...said, owner: owner! }, at.now)
  return kept === 'kept' ? redirect(`${planOfRecord(at)}?done=action`) : before(ask, at, there)
})

const readNo = (ask: Ask) => {
  const missing = ask.w.plan.proposed.whyMissing
  const schema = z.strictObject({ why: z.string(missing).regex(/\S/, missing).max(most_words, tooLong(ask)) })
  return readForm(schema, ask.form)
}

type There = Choices & { proposal: Proposal; by: string }
/** @throws {NotFound} also for one that is answered */
const find = async (ask: Ask, at: Through): Promise<There> => {
  const all = await proposalsOf(ask.tx, ask.house.keys, at.worker.partnership, at.subject.id)
  const proposal = all.find((one) => one.id === ask.params['proposed'] && isWaiting(one))
  if (!proposal) throw new NotFound()
  const names = await namesFor(ask.tx, [proposal.proposed_by])
  return { ...(await choices(ask, at)), proposal, by: names.get(proposal.proposed_by)?.name ?? '' }
}

/** A day that is gone by is not proposed again. */
const filledIn = ({ words, part, owner_id, owner_name, owner_agency_id, due_on }: Proposal, at: Through) => {
  const [year, month, day] = due_on && due_on >= at.today ? due_on.split('-').map(Number) : []
  return {
    words,
    ...(part && { part }),
    owner: owner_id ?? (owner_name ? 'somebody' : ''),
    name: owner_name,
    agency: owner_agency_id ?? '',
    ...(day && { 'due-day': String(day), 'due-month': String(month), 'due-year': String(year) }),
  }
}

const before = (ask: Ask, at: Through, there: There) =>
  view(ask, at, there, [{ field: 'words', text: ask.w.plan.proposed.before }])

const view = (ask: Ask, at: Through, there: There, errors: readonly FieldError[] = []) => {
  const words = ask.w.plan.proposed
  const { proposal, by } = there
  const said = { source: words.sources[proposal.source], name: by, when: moment(ask, proposal.proposed_at) }
  return formPage({
    ask,
    at,
    title: words.take,
    errors,
    children: (
      <>
        <p class="govuk-body">{fill(words.from, said)}</p>
        <ActionForm ask={ask} at={at} there={there} errors={errors} button={words.takeButton} />
        <Details summary={words.no} open={errors.some(({ field }) => field === 'why')}>
          <Form ask={ask}>
            <WordsBox ask={ask} name="why" label={words.why} rows={2} errors={errors} />
            <Button classes="govuk-button--secondary" preventDoubleClick>
              {words.noButton}
            </Button>
          </Form>
        </Details>
      </>
    ),
  })
}
