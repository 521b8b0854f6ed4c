import { hasRole, NotFound, record } from '../../platform/index.ts'
import { fill, Link, page, Tag, Title, type Ask, type Handler } from '../../web/index.ts'
import { certificates, proposalsFor, putOff, type Proposal, type PutOff } from '../destroy.ts'
import { erasuresFor } from '../erasure.ts'
import { holdsOf } from '../legal-hold.ts'
import { day, when } from './said.tsx'

/** What may be destroyed and waits for an answer, what is held, and what is left of what went. */
export const retentionPage: Handler = async (ask) => {
  if (!hasRole(ask.viewer, 'manager', 'guardian')) throw new NotFound()
  const proposals = await proposalsFor(ask.tx, ask.viewer)
  const holds = await holdsOf(ask.tx, ask.viewer)
  const erasures = await erasuresFor(ask.tx, ask.house.keys, ask.viewer)
  const gone = await certificates(ask.tx, ask.viewer)
  const kept = await putOff(ask.tx, ask.house.keys, ask.viewer)
  // The page is about many: why each is kept is read here, so each has its own line in the log.
  for (const id of new Set(kept.map(({ subject_id }) => subject_id)))
    await record(ask.tx, ask.viewer, 'why it is kept read', { kind: 'person', id })
  const words = ask.w.rights.retention
  return page({
    title: words.title,
    wide: true,
    body: (
      <>
        <Title>{words.title}</Title>
        <p class="govuk-body">
          {words.intro} <Link href={ask.href('/retention/rules')}>{words.rules}</Link>
        </p>
        <h2 class="govuk-heading-m">{words.waiting}</h2>
        {proposals.length === 0 && <p class="govuk-body">{words.none}</p>}
        <ul class="trellis-rows">
          {proposals.map((proposal) => (
            <Row ask={ask} proposal={proposal} />
          ))}
        </ul>
        {kept.length > 0 && <Kept ask={ask} kept={kept} />}
        <h2 class="govuk-heading-m">{words.erasures}</h2>
        {erasures.length === 0 && <p class="govuk-body">{words.noErasures}</p>}
        <ul class="trellis-rows">
          {erasures.map((one) => (
            <li class="trellis-row">
              <div>
                <Link href={ask.href(`/people/${one.subject_id}/erase/${one.id}`)} classes="trellis-row__name">
                  {one.reference}
                </Link>
                <span class="trellis-row__more">{fill(words.answerBy, { day: day(one.due_on) })}</span>
              </div>
              <div class="trellis-row__tags">
                {one.confirmed[0] && (
                  <Tag classes="govuk-tag--grey">{fill(words.first, { name: one.confirmed[0].name })}</Tag>
                )}
              </div>
            </li>
          ))}
        </ul>
        <h2 class="govuk-heading-m">{words.held}</h2>
        {holds.length === 0 && <p class="govuk-body">{words.noneHeld}</p>}
        <ul class="trellis-rows">
          {holds.map(({ id, reference, name, from_at }) => (
            <li class="trellis-row">
              <div>
                <span class="trellis-row__name">{reference}</span>
                <span class="trellis-row__more">
                  {fill(words.heldBy, { name: name ?? '', when: when(ask, from_at) })}
                </span>
              </div>
              <Link
                href={ask.href(`/retention/holds/${id}`)}
                attributes={{ 'aria-label': fill(words.liftOf, { reference }) }}
              >
                {words.lift}
              </Link>
            </li>
          ))}
        </ul>
        <h2 class="govuk-heading-m">{words.gone}</h2>
        {gone.length === 0 ? (
          <p class="govuk-body">{words.noneGone}</p>
        ) : (
          <ul class="trellis-rows">
            {gone.map((one) => (
              <li class="trellis-row">
                <div>
                  <span class="trellis-row__name">{one.rule_label}</span>
                  <span class="trellis-row__more">
                    {words.when}: {when(ask, one.destroyed_at)}
                    <br />
                    {words.by}: {one.first}, {one.second}
                  </span>
                </div>
                <div class="trellis-row__more">
                  {words.classes}: {one.classes.join(', ')}
                  <br />
                  {words.rows}: {one.row_count}
                </div>
              </li>
            ))}
          </ul>
        )}
      </>
    ),
  })
}

const Row = ({ ask, proposal }: { ask: Ask; proposal: Proposal }) => {
  const words = ask.w.rights.retention
  return (
    <li class="trellis-row">
      <div>
        <Link href={ask.href(`/retention/${proposal.id}`)} classes="trellis-row__name">
          {proposal.reference}
        </Link>
        <span class="trellis-row__more">
          {proposal.rule}
          <br />
          {fill(words.due, { day: day(proposal.due_on) })}
        </span>
      </div>
      <div class="trellis-row__tags">
        {!proposal.checked && <Tag classes="govuk-tag--yellow">{words.unchecked}</Tag>}
        {proposal.first_name && <Tag classes="govuk-tag--grey">{fill(words.first, { name: proposal.first_name })}</Tag>}
      </div>
    </li>
  )
}

/** What was put off, with who did and why. */
const Kept = ({ ask, kept }: { ask: Ask; kept: readonly PutOff[] }) => {
  const words = ask.w.rights.retention
  return (
    <>
      <h2 class="govuk-heading-m">{words.putOff}</h2>
      <ul class="trellis-rows">
        {kept.map(({ reference, until_on, at, name, why }) => (
          <li class="trellis-row">
            <div>
              <span class="trellis-row__name">{reference}</span>
              <span class="trellis-row__more">
                {fill(words.putOffUntil, { day: day(until_on), name: name ?? '', when: when(ask, at) })}
                <br />
                <span class="trellis-words">{why}</span>
              </span>
            </div>
          </li>
        ))}
      </ul>
    </>
  )
}
