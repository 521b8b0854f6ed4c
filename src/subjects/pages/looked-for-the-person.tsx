import { localDate } from '../../platform/index.ts'
import { codesOf, labelOf, type Code } from '../../sharing/index.ts'
import { BackLink, fill, InsetText, page, Title, type Ask, type Handler } from '../../web/index.ts'
import { looksForPerson, type PersonsLook } from '../looks.ts'
import { aboutPerson, enter } from '../gate.ts'
import { inCircleOf } from '../circle.ts'
import { counted, day, worded } from './said.tsx'

/** The same list for the person to hold in their hands: plain words, no staff but their own, made for paper. */
export const lookedForThePersonPage: Handler = async (ask) => {
  const now = ask.house.now()
  const subject = await inCircleOf(ask.tx, ask.viewer, ask.params['id'], now)
  const at = await enter(ask, subject.id)
  if (at.kind === 'answer') return at.answer
  const words = ask.w.rights.forPerson
  const { told, left } = await looksForPerson(ask.tx, ask.place.id, subject.id, {
    kinds: Object.keys(words.kinds),
    zone: ask.place.zone,
    now,
  })
  const codes = await codesOf(ask.tx, ask.place.id)
  const made = { partnership: ask.place.name, day: day(localDate(now, ask.place.zone)), reference: subject.reference }
  return page({
    title: words.title,
    about: aboutPerson(at),
    body: (
      <>
        <div class="govuk-!-display-none-print">
          <BackLink href={ask.href(`/people/${subject.id}/looked`)}>{words.back}</BackLink>
          <InsetText>
            {fill(words.print, { left: left === 0 ? words.leftOut.none : counted(words.leftOut, left) })}
          </InsetText>
        </div>
        <Title>{words.title}</Title>
        <p class="govuk-body">{fill(words.made, made)}</p>
        <p class="govuk-body">{words.what}</p>
        <p class="govuk-body">{words.names}</p>
        {told.length === 0 ? <p class="govuk-body">{words.none}</p> : <LooksList ask={ask} told={told} codes={codes} />}
        <p class="govuk-body">{words.left}</p>
        <p class="govuk-body">{words.rights}</p>
      </>
    ),
  })
}

/** Who looked, line by line, in words for the person: on paper, and on their own page. */
export const LooksList = ({ ask, told, codes }: { ask: Ask; told: readonly PersonsLook[]; codes: readonly Code[] }) => {
  const words = ask.w.rights.forPerson
  return (
    <ul class="trellis-rows">
      {told.map((look) => (
        <li class="trellis-row">
          <div>
            <span class="trellis-row__name">{day(look.day)}</span>
            <span class="trellis-row__more">
              {who(ask, look)}
              <br />
              {worded(words.kinds, look.kind)}
              <br />
              {words.why}: {why(ask, codes, look.purpose)}
            </span>
          </div>
        </li>
      ))}
    </ul>
  )
}

const why = ({ w }: Ask, codes: readonly Code[], purpose: string | null): string => {
  const { purposes, unsaid } = w.rights.forPerson
  if (!purpose) return unsaid
  return (purposes as Record<string, string>)[purpose] ?? labelOf(codes, 'purpose', purpose)
}

const who = (ask: Ask, { name, agency, roles }: PersonsLook): string => {
  const words = ask.w.rights.forPerson
  const named = words.roles as Record<string, string>
  // Somebody with several jobs is known to the person by the one that works with people.
  const role = ['practitioner', 'duty', 'manager', 'guardian'].find((one) => roles.includes(one)) ?? 'reporter-agency'
  return name ? fill(words.named, { name, agency }) : fill(words.someone, { role: named[role]!, agency })
}
