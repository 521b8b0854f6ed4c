import { z } from 'zod'
import { isId, NotFound } from '../../../platform/index.ts'
import { dateBoxes, DateBoxes, dateShown, needDate, readForm, redirect, Form, type Ask } from '../../../web/index.ts'
import { withWriter, type At } from '../at-project.ts'
import { keptForm } from '../kept-form.ts'
import { everybody } from '../people-choices.ts'
import { asked, type Leader } from '../project.ts'
import { leadersOf } from '../queries.ts'
import { addLeader, endLeader, keepConversation } from '../scope.ts'
import { agencyChoices, ChoiceField, line, LineField, prose, ProseField } from './fields.tsx'
import { formPage, KeptForm } from './frame.tsx'

/** Another senior leader to speak with: somebody with an account here, or anybody by name. */
export const newLeaderPages = keptForm({
  send: async (ask, at) => {
    const words = ask.w.projects.scoping.leader
    const people = await everybody(ask)
    const agencies = (await agencyChoices(ask, at)).map(({ value }) => value)
    const read = readForm(
      z
        .strictObject({
          account: z.string().default(''),
          name: line(ask),
          role: line(ask),
          agency: z.string().default(''),
        })
        .transform(({ account, name, role, agency }, ctx) => {
          const known = people.find(({ id }) => id === account)
          if (known) return { agency: known.agency_id, account, name: known.name, role: known.jobTitle }
          const say = (field: string, message: string) => ctx.addIssue({ code: 'custom', path: [field], message })
          if (!name) say('name', words.nameMissing)
          if (!role) say('role', words.roleMissing)
          if (!agencies.includes(agency)) say('agency', words.agencyMissing)
          return { agency, account: null, name, role }
        }),
      ask.form,
    )
    if (!read.ok) return read.errors
    await addLeader(ask.tx, at.viewer, at.project.id, read.value, at.now)
    return redirect(`${at.base}/scoping?done=leader`)
  },
  show: async (ask, at, shown) => {
    const words = ask.w.projects.scoping.leader
    const field = { ask, errors: shown.errors }
    const people = (await everybody(ask)).map(({ id, name, jobTitle, agency }) => ({
      value: id,
      text: `${name}, ${jobTitle}, ${agency}`,
    }))
    return formPage({
      ask,
      at,
      title: words.title,
      back: '/scoping',
      shown,
      children: (
        <KeptForm ask={ask} button={words.button}>
          <ChoiceField {...field} name="account" label={words.account} hint={words.accountHint} items={people} />
          <h2 class="govuk-heading-m">{words.or}</h2>
          <LineField {...field} name="name" label={words.name} />
          <LineField {...field} name="role" label={words.role} />
          <ChoiceField {...field} name="agency" label={words.agency} items={await agencyChoices(ask, at)} />
        </KeptForm>
      ),
    })
  },
})

/** @throws {NotFound} */
const leaderOf = async (ask: Ask, at: At): Promise<Leader> => {
  const id = ask.params['leader'] ?? ''
  const leaders = isId(id) ? await leadersOf(ask.tx, at.viewer.partnership, at.project.id) : []
  const leader = leaders.find((one) => one.id === id)
  if (!leader) throw new NotFound()
  return leader
}

/** What one of them said: aims, worries, constraints and what is strong already. Said again it stands as a new version. */
export const conversationPages = keptForm({
  fill: async (ask, at) => {
    const { said } = await leaderOf(ask, at)
    if (!said) return dateShown('on', at.today)
    const { aims, worries, constraints, strengths, held_on } = said
    return { aims, worries, constraints, strengths, ...dateShown('on', held_on) }
  },
  send: async (ask, at) => {
    const words = ask.w.projects.scoping.conversation
    const leader = await leaderOf(ask, at)
    const read = readForm(
      z
        .strictObject({
          aims: prose(ask, words.missing.aims),
          worries: prose(ask, words.missing.worries),
          constraints: prose(ask, words.missing.constraints),
          strengths: prose(ask),
          ...dateBoxes(ask, 'on'),
        })
        .transform((value, ctx) => {
          const { aims, worries, constraints, strengths } = value
          const held_on = needDate(ask, value, 'on', { today: at.today, missing: words.dayMissing, ctx })
          return { aims, worries, constraints, strengths, held_on }
        }),
      ask.form,
    )
    if (!read.ok) return read.errors
    await keepConversation(ask.tx, at.viewer, { project: at.project.id, leader: leader.id }, read.value, at.now)
    return redirect(`${at.base}/scoping?done=conversation`)
  },
  show: async (ask, at, shown) => {
    const words = ask.w.projects.scoping.conversation
    const leader = await leaderOf(ask, at)
    const field = { ask, errors: shown.errors }
    return formPage({
      ask,
      at,
      title: words.title.replace('{name}', leader.name),
      back: '/scoping',
      shown,
      children: (
        <>
          <p class="govuk-body">{words.intro}</p>
          <KeptForm ask={ask} button={words.button}>
            <DateBoxes {...field} name="on" legend={words.on} form={ask.form} />
            {asked.map((part) => (
              <ProseField {...field} name={part} label={words.parts[part]} hint={words.hints[part]} />
            ))}
          </KeptForm>
          <Form ask={ask} action={`${at.base}/scoping/leaders/${leader.id}/ended`}>
            <button class="trellis-link-button">{words.end}</button>
          </Form>
        </>
      ),
    })
  },
})

/** They moved on, or need not be spoken with. */
export const sendLeaderEnded = withWriter(async (ask, at) => {
  const { id } = await leaderOf(ask, at)
  await endLeader(ask.tx, at.viewer, at.project.id, id, at.now)
  return redirect(`${at.base}/scoping?done=leaderEnded`)
})
