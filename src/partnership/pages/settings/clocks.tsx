import { fill, Link, Title, type Ask, type Handler } from '../../../web/index.ts'
import { listClocks, type ListedClock } from '../../directory.ts'
import { mayKeep, section } from '../section.tsx'

/** How long each step may take here. */
export const clocksPage: Handler = async (ask) => {
  const words = ask.w.partnership.clocks
  const clocks = await listClocks(ask.tx, ask.place.id, ask.house.now())
  return section(
    ask,
    '/settings/clocks',
    words.title,
    <>
      <Title>{words.title}</Title>
      {words.text.map((line) => (
        <p class="govuk-body trellis-reading">{line}</p>
      ))}
      <ul class="trellis-rows">
        {clocks.map((clock) => (
          <Row ask={ask} clock={clock} />
        ))}
      </ul>
    </>,
  )
}

/** '1 working day', '45 working days'. */
export const spanInWords = (ask: Ask, { amount, unit }: { amount: number; unit: string }): string => {
  const { one, many } = ask.w.partnership.units[unit as keyof Ask['w']['partnership']['units']]
  return amount === 1 ? one : fill(many, { amount })
}

const Row = ({ ask, clock }: { ask: Ask; clock: ListedClock }) => {
  const words = ask.w.partnership.clocks
  return (
    <li class="trellis-row">
      <div>
        <span class="trellis-row__name">{clock.label}</span>
        <span class="trellis-row__more">
          {fill(words.starts, { when: clock.starts_when })}
          <br />
          {clock.basis}
        </span>
      </div>
      <div class="trellis-clock">
        <strong>{spanInWords(ask, clock)}</strong>
        {mayKeep(ask) && (
          <Link href={ask.href(`/settings/clocks/${clock.code}`)}>
            {ask.w.common.change}
            <span class="govuk-visually-hidden"> {clock.label}</span>
          </Link>
        )}
      </div>
    </li>
  )
}
