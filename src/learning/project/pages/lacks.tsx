import { fill, Link, type Ask } from '../../../web/index.ts'
import type { At } from '../at-project.ts'
import type { Lack } from '../gate.ts'

/** What is missing, each as a sentence that leads to where it is put right. */
export const LackList = ({ ask, at, missing }: { ask: Ask; at: At; missing: readonly Lack[] }) => (
  <ul class="govuk-list govuk-list--bullet">
    {missing.map(({ what, who, where }) => {
      const said = fill(ask.w.projects.lacks[what], { who: who.join(', ') })
      return <li>{where ? <Link href={ask.href(at.base + where)}>{said}</Link> : said}</li>
    })}
  </ul>
)
