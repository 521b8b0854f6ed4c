import { z } from 'zod'
import { isId } from '../../../platform/index.ts'
import { namesFor } from '../../../staff/index.ts'
import {
  Button,
  errorFor,
  Form,
  InsetText,
  Radios,
  readForm,
  redirect,
  typed,
  type Ask,
  type FieldError,
} from '../../../web/index.ts'
import { withProject, withWriter, type At } from '../at-project.ts'
import { addMember, endMember, handOver } from '../members.ts'
import { everybody, type PersonChoice } from '../people-choices.ts'
import { membersOf } from '../queries.ts'
import { ChoiceField, oneOf } from './fields.tsx'
import { formPage, projectPage } from './frame.tsx'

/** Sponsors are leaders whose yes is asked for: they are named with the specification. */
const offered = ['contact', 'delivery', 'writer'] as const

/** Who works on it, for which side and with which part. */
export const peoplePage = withProject((ask, at) => view(ask, at))

export const sendPerson = withWriter(async (ask, at) => {
  const words = ask.w.projects.people
  if ('end' in ask.form) {
    const member = typed(ask.form, 'end')
    if (isId(member)) await endMember(ask.tx, at.viewer, at.project.id, member, at.now)
    return redirect(`${at.base}/people?done=personEnded`)
  }
  const people = await everybody(ask)
  const read = readForm(
    z.strictObject({
      account: oneOf(
        people.map(({ id }) => id),
        words.accountMissing,
      ),
      part: z.enum(offered, words.partMissing),
    }),
    ask.form,
  )
  if (!read.ok) return view(ask, at, read.errors)
  await addMember(ask.tx, at.viewer, at.project, read.value, at.now)
  return redirect(`${at.base}/people?done=personNamed`)
})

/** One named owner hands over to another. */
export const handOverPage = withWriter((ask, at) => handOverView(ask, at))

export const sendHandOver = withWriter(async (ask, at) => {
  const account = typed(ask.form, 'account')
  if (!(await everybody(ask)).some(({ id }) => id === account))
    return handOverView(ask, at, [{ field: 'account', text: ask.w.projects.people.accountMissing }])
  await handOver(ask.tx, at.viewer, at.project, account, at.now)
  return redirect(`${at.base}?done=handedOver`)
})

const optionsOf = (people: readonly PersonChoice[]) =>
  people.map(({ id, name, jobTitle, agency }) => ({ value: id, text: `${name}, ${jobTitle}, ${agency}` }))

const handOverView = async (ask: Ask, at: At, errors: readonly FieldError[] = []) => {
  const words = ask.w.projects.people
  return formPage({
    ask,
    at,
    title: words.handOver,
    back: '',
    errors,
    children: (
      <>
        <p class="govuk-body">{words.handOverHint}</p>
        <Form ask={ask} once>
          <ChoiceField
            ask={ask}
            name="account"
            label={words.to}
            errors={errors}
            items={optionsOf(await everybody(ask))}
          />
          <Button preventDoubleClick>{words.handOverButton}</Button>
        </Form>
      </>
    ),
  })
}

const view = async (ask: Ask, at: At, errors: readonly FieldError[] = []) => {
  const words = ask.w.projects.people
  const members = await membersOf(ask.tx, at.viewer.partnership, at.project.id)
  const names = await namesFor(
    ask.tx,
    members.map(({ account_id }) => account_id),
  )
  return projectPage({
    ask,
    at,
    place: '/people',
    title: words.title,
    errors,
    children: (
      <>
        {!members.some(({ part }) => part === 'contact') && <InsetText>{words.noContact}</InsetText>}
        {(['local', 'programme'] as const).map((side) => (
          <>
            <h2 class="govuk-heading-m">{words.sides[side]}</h2>
            <ul class="trellis-rows">
              {members
                .filter((one) => one.side === side)
                .map(({ id, account_id, part }) => {
                  const named = names.get(account_id)
                  return (
                    <li class="trellis-row">
                      <div>
                        {named?.name}
                        <span class="trellis-row__more">
                          {words.parts[part]}. {named?.jobTitle}, {named?.agency}
                        </span>
                      </div>
                      {at.writes && part !== 'owner' && part !== 'sponsor' && (
                        <Form ask={ask}>
                          <input type="hidden" name="end" value={id} />
                          <button class="trellis-link-button">
                            {words.end} <span class="govuk-visually-hidden">{named?.name}</span>
                          </button>
                        </Form>
                      )}
                    </li>
                  )
                })}
            </ul>
          </>
        ))}
        {at.writes && (
          <Form ask={ask} once>
            <h2 class="govuk-heading-m">{words.add}</h2>
            <ChoiceField
              ask={ask}
              name="account"
              label={words.who}
              errors={errors}
              items={optionsOf(await everybody(ask))}
            />
            <Radios
              name="part"
              fieldset={{ legend: { text: words.part, classes: 'govuk-fieldset__legend--s' } }}
              value={typed(ask.form, 'part')}
              errorMessage={errorFor(errors, 'part')}
              items={offered.map((value) => ({ value, text: words.parts[value], hint: words.partHints[value] }))}
            />
            <Button preventDoubleClick>{words.button}</Button>
          </Form>
        )}
      </>
    ),
  })
}
