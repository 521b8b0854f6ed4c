import { fill, Link, Tag, type Ask } from '../../../web/index.ts'
import type { At } from '../at-project.ts'
import type { Action } from '../project.ts'
import { dayOf } from './frame.tsx'

type Shown = { ask: Ask; at: At; actions: readonly Action[]; agencies: ReadonlyMap<string, string> }

/** What somebody took on: by whom, by when, and whether that day has gone. */
export const Actions = ({ ask, at, actions, agencies }: Shown) => {
  const words = ask.w.projects.actions
  return (
    <ul class="trellis-rows">
      {actions.map(({ id, words: what, owner_name, agency_id, due_on, outcome, done_at }) => (
        <li class="trellis-row">
          <div>
            {at.writes && !done_at ? (
              <Link href={ask.href(`${at.base}/actions/${id}`)}>{what}</Link>
            ) : (
              <span>{what}</span>
            )}
            <span class="trellis-row__more">
              {fill(words.row, { owner: owner_name, agency: agencies.get(agency_id) ?? '', day: dayOf(ask, due_on) })}
              {outcome && (
                <>
                  <br />
                  {fill(words.became, { outcome })}
                </>
              )}
            </span>
          </div>
          <div class="trellis-row__tags">
            {done_at ? (
              <Tag classes="govuk-tag--green">{words.done}</Tag>
            ) : (
              due_on < at.today && <Tag classes="govuk-tag--orange">{words.late}</Tag>
            )}
          </div>
        </li>
      ))}
    </ul>
  )
}
