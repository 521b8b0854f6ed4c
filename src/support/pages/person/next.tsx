import { Details, fill, Link, Tag, type Ask } from '../../../web/index.ts'
import type { Through } from '../../../subjects/index.ts'
import { datesDue, type DateDue } from '../../dates-due.ts'
import { counted, dayOf } from '../../plan/pages/dates.ts'
import { section } from '../../person-section.ts'

/** What is to happen for the person and when; what should have happened already comes first and says so. */
export const next = section({
  title: (ask) => ask.w.support.next.title,
  ask: datesDue,
  view: (ask, at, dates) =>
    dates.length === 0 ? (
      <p class="govuk-body">{ask.w.support.next.nothing}</p>
    ) : (
      <>
        <Lines ask={ask} at={at} dates={dates.slice(0, openOf(dates, at))} />
        {dates.length > openOf(dates, at) && (
          <Details summary={counted(ask.w.support.next.more, dates.length - openOf(dates, at))}>
            <Lines ask={ask} at={at} dates={dates.slice(openOf(dates, at))} />
          </Details>
        )}
      </>
    ),
})

const atOnce = 3
const mostLate = 8

/** How many stand open: three, or all that is late, so that what is folded away can wait. */
const openOf = (dates: readonly DateDue[], { today }: Through): number =>
  Math.max(atOnce, Math.min(mostLate, dates.filter(({ on }) => on < today).length))

const Lines = ({ ask, at, dates }: { ask: Ask; at: Through; dates: readonly DateDue[] }) => (
  <ul class="trellis-rows">
    {dates.map((one) => (
      <Line ask={ask} due={one} late={!one.waits && one.on < at.today} />
    ))}
  </ul>
)

const Line = ({ ask, due, late }: { ask: Ask; due: DateDue; late: boolean }) => (
  <li class="trellis-row">
    <div>
      {due.href ? <Link href={ask.href(due.href)}>{due.what}</Link> : due.what}
      <span class="trellis-row__more">
        <time dateTime={due.on}>
          {due.waits ? fill(ask.w.support.next.since, { day: dayOf(ask, due.on) }) : dayOf(ask, due.on)}
        </time>
      </span>
    </div>
    {late && (
      <div class="trellis-row__tags">
        <Tag classes="govuk-tag--orange">{ask.w.support.next.late}</Tag>
      </div>
    )}
  </li>
)
