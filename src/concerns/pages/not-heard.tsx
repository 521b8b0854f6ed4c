import { calendarOf } from '../../partnership/index.ts'
import { fill, page, Title, type Handler } from '../../web/index.ts'
import { mayAnswer } from '../answer-escalation.ts'
import { frontDoor } from '../front-door.ts'
import { openEscalations } from '../workload.ts'
import { ClockLine, ClockTag } from './clock-line.tsx'
import { soon, Written } from './said.tsx'

/** Everybody who says they were not heard, the most pressing first. */
export const notHeard: Handler = async (ask) => {
  const worker = frontDoor(ask.viewer)
  const words = ask.w.duty.notHeard
  const open = await openEscalations(ask.tx, ask.house.keys, worker)
  const calendar = await calendarOf(ask.tx, worker.partnership)
  return page({
    title: words.title,
    wide: true,
    frame: 'staff',
    body: (
      <>
        <Title>{words.title}</Title>
        <p class="govuk-body">{open.length ? words.intro : words.none}</p>
        <ol class="trellis-queue__list">
          {open.map((one) => (
            <li class="trellis-item">
              <div class="trellis-item__what">
                <h2 class="trellis-item__title">
                  <a class="govuk-link govuk-link--no-visited-state" href={ask.href(`/concerns/${one.concern_id}`)}>
                    {one.reference}
                  </a>
                </h2>
                <p class="trellis-item__extract">
                  {fill(words.step, { step: one.step })}, {fill(words.raised, { when: soon(ask, one.raised_at) })}
                </p>
                <Written>{one.words}</Written>
              </div>
              <div class="trellis-item__clock">
                {one.due_at && (
                  <>
                    <p>
                      <ClockTag ask={ask} run={one} />
                    </p>
                    <p class="trellis-item__wait">
                      <ClockLine ask={ask} run={one} calendar={calendar} />
                    </p>
                  </>
                )}
              </div>
              <div class="trellis-item__who">
                {mayAnswer(worker, one.step, one.decided_by ?? undefined) && (
                  <a class="govuk-link" href={ask.href(`/concerns/${one.concern_id}/not-heard`)}>
                    {fill(words.answer, { reference: one.reference })}
                  </a>
                )}
              </div>
            </li>
          ))}
        </ol>
      </>
    ),
  })
}
