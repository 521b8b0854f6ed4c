import { agencyNames, areasNamed } from '../../../partnership/index.ts'
import { isId } from '../../../platform/index.ts'
import { namesFor } from '../../../staff/index.ts'
import { day } from '../../../subjects/index.ts'
import { Button, fill, Form, redirect, SummaryList, typed, type Ask } from '../../../web/index.ts'
import { Prose } from '../../prose-shown.tsx'
import { endAgreement } from '../apply.ts'
import { withProject, withWriter, type At } from '../at-project.ts'
import type { Agreement, Application } from '../project.ts'
import { agreementsOf, applicationOf } from '../queries.ts'
import { dayOf, projectPage } from './frame.tsx'

/** The application as it stands, and who agreed to it for which partner. */
export const applyPage = withProject(async (ask, at) => {
  const words = ask.w.projects.apply
  const { partnership } = at.viewer
  const said = await applicationOf(ask.tx, partnership, at.project.id)
  const agreements = await agreementsOf(ask.tx, partnership, at.project.id)
  const agencies = await agencyNames(ask.tx, [
    ...agreements.map(({ agency_id }) => agency_id),
    ...(said ? [said.agency_id] : []),
  ])
  return projectPage({
    ask,
    at,
    place: '/apply',
    title: words.title,
    children: (
      <>
        {said ? await applicationShown(ask, said, agencies) : <p class="govuk-body-l">{words.none}</p>}
        {at.writes && (
          <Button classes={said ? 'govuk-button--secondary' : undefined} href={ask.href(`${at.base}/apply/write`)}>
            {said ? words.again : words.write}
          </Button>
        )}
        <h2 class="govuk-heading-m">{words.partners}</h2>
        <p class="govuk-body">{agreements.length === 0 ? words.noPartners : words.partnersHint}</p>
        <Agreements ask={ask} at={at} agreements={agreements} agencies={agencies} />
        {at.writes && (
          <Button classes="govuk-button--secondary" href={ask.href(`${at.base}/apply/agreement`)}>
            {words.addPartner}
          </Button>
        )}
      </>
    ),
  })
})

/** An agreement that is taken back, or was written down by mistake, ends. */
export const sendAgreementEnded = withWriter(async (ask, at) => {
  const id = typed(ask.form, 'end')
  if (isId(id)) await endAgreement(ask.tx, at.viewer, at.project.id, id, at.now)
  return redirect(`${at.base}/apply?done=agreementEnded`)
})

const applicationShown = async (ask: Ask, said: Application, agencies: ReadonlyMap<string, string>) => {
  const words = ask.w.projects.apply
  const areas = await areasNamed(ask.tx, ask.viewer.partnership)
  const writer = (await namesFor(ask.tx, [said.written_by])).get(said.written_by)?.name ?? ''
  return (
    <>
      <SummaryList
        rows={[
          {
            key: words.by,
            value: `${said.applicant_name}, ${said.applicant_role}, ${agencies.get(said.agency_id) ?? ''}`,
          },
          { key: words.reasons, value: <Prose>{said.reasons}</Prose> },
          { key: words.hoped, value: <Prose>{said.hoped_for}</Prose> },
          { key: words.region, value: said.region },
          {
            key: words.areas,
            value: areas
              .filter(({ id }) => said.areas.includes(id))
              .map(({ name }) => name)
              .join(', '),
          },
        ]}
      />
      <p class="trellis-quiet">
        {fill(words.version, { version: said.version, who: writer, day: day(ask, said.written_at) })}
      </p>
    </>
  )
}

type Shown = { ask: Ask; at: At; agreements: readonly Agreement[]; agencies: ReadonlyMap<string, string> }

const Agreements = ({ ask, at, agreements, agencies }: Shown) => {
  const words = ask.w.projects.apply
  return (
    <ul class="trellis-rows">
      {agreements.map(({ id, agency_id, name, role, agreed_on }) => (
        <li class="trellis-row">
          <div>
            {agencies.get(agency_id)}
            <span class="trellis-row__more">{fill(words.agreed, { name, role, day: dayOf(ask, agreed_on) })}</span>
          </div>
          {at.writes && (
            <Form ask={ask} action={`${at.base}/apply/ended`}>
              <input type="hidden" name="end" value={id} />
              <button class="trellis-link-button">
                {words.end} <span class="govuk-visually-hidden">{agencies.get(agency_id)}</span>
              </button>
            </Form>
          )}
        </li>
      ))}
    </ul>
  )
}
