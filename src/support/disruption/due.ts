import type { Through } from '../../subjects/index.ts'
import { fill, type Ask } from '../../web/index.ts'
import { isOn, toolOf } from './disruption.ts'
import { registerOf } from './pages/register.tsx'

/** The day until which something holds, while it does. */
export const disruptionDue = async (ask: Ask, at: Through): Promise<{ on: string; what: string; href: string }[]> =>
  (await registerOf(ask, at)).flatMap(({ one, last }) =>
    last?.until_on && isOn(last)
      ? [
          {
            on: last.until_on,
            what: fill(ask.w.packs.disruption.due, { tool: toolOf(one.tool).label }),
            href: `/people/${at.subject.id}/disruption/${one.id}`,
          },
        ]
      : [],
  )
