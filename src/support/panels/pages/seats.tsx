import type { namesFor } from '../../../staff/index.ts'
import { Details, fill, Form, Select, type Ask } from '../../../web/index.ts'
import type { Whom } from '../agenda.ts'
import type { Gap } from '../gaps.ts'
import type { Declared, RuleCode, Seat, Sitting } from '../sitting.ts'

/** Whom the panel lacks for somebody on its agenda: the rule that says so, and a way to ask. */
export const Gaps = (props: { ask: Ask; base: string; gaps: readonly Gap[]; people: ReadonlyMap<string, Whom> }) => {
  const { ask, base, gaps, people } = props
  const words = ask.w.panels.one
  if (gaps.length === 0) return null
  return (
    <>
      <h2 class="govuk-heading-m">{words.gaps}</h2>
      <ul class="trellis-rows">
        {gaps.map((gap, i) => {
          const who = people.get(gap.subject)
          const what = { name: who?.name ?? who?.reference ?? '', rule: ask.w.panels.rules[gap.rule] }
          return (
            <li class="trellis-row">
              <div>
                <span dir="auto">{fill(words.gapFor, what)}</span>
                {gap.agencies.length === 0 && <span class="trellis-row__more">{words.gapNobody}</span>}
              </div>
              {gap.agencies.length > 0 && <AskOne ask={ask} base={base} gap={gap} id={`agency-${i}`} />}
            </li>
          )
        })}
      </ul>
    </>
  )
}

const AskOne = ({ ask, base, gap, id }: { ask: Ask; base: string; gap: Gap; id: string }) => {
  const words = ask.w.panels.one
  const [only, ...others] = gap.agencies
  return (
    <Form ask={ask} action={`${base}/ask`}>
      <input type="hidden" name="rule" value={gap.rule} />
      {others.length === 0 ? (
        <input type="hidden" name="agency" value={only!.id} />
      ) : (
        <Select
          name="agency"
          id={id}
          label={{ text: words.askWhich, classes: 'govuk-visually-hidden' }}
          items={gap.agencies.map(({ id: value, name: text }) => ({ value, text }))}
        />
      )}
      <button class="trellis-link-button trellis-link-button--dark">
        {words.ask} {others.length === 0 && only!.name}
      </button>
    </Form>
  )
}

/** Which agencies are asked and why, and who of them has declared today. */
export const Asked = (props: {
  ask: Ask
  sitting: Sitting
  seats: readonly Seat[]
  declared: readonly Declared[]
  names: Awaited<ReturnType<typeof namesFor>>
}) => {
  const { ask, sitting, seats, declared, names } = props
  const words = ask.w.panels.one
  const whyOf = ({ of_agency_id, rule }: Seat): string => {
    if (of_agency_id === sitting.agency_id) return words.calledIt
    return rule === 'member' ? words.member : fill(words.asked, { rule: ask.w.panels.rules[rule as RuleCode] })
  }
  const here = new Set(declared.map(({ of_agency_id }) => of_agency_id)).size
  return (
    <Details summary={fill(words.seats, { count: String(seats.length), here: String(here) })}>
      <ul class="trellis-rows">
        {seats.map((seat) => {
          const there = declared
            .filter(({ of_agency_id }) => of_agency_id === seat.of_agency_id)
            .map(({ staff_id }) => names.get(staff_id)?.name ?? '')
          return (
            <li class="trellis-row">
              <div>
                <span class="trellis-row__name">{seat.name}</span>
                <span class="trellis-row__more">{whyOf(seat)}</span>
                {there.length > 0 && (
                  <span class="trellis-row__more">{fill(words.here, { names: there.join(', ') })}</span>
                )}
              </div>
            </li>
          )
        })}
      </ul>
    </Details>
  )
}
