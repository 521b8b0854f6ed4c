import { Button, fill, Link, Select, Tag, type Ask, type Handler } from '../../../../web/index.ts'
import { labelIn, strengths } from '../../../codes.ts'
import { listPage, mayWrite } from '../../pages/frame.tsx'
import { evidenceKinds } from '../evidence.ts'
import { evidenceOf, type Listed } from '../queries.ts'

/** What this partnership goes by: research, audits, what people said and figures, each in plain words. */
export const evidencesPage: Handler = async (ask) => {
  const words = ask.w.adoption.evidence
  const kind = evidenceKinds.find((one) => one === ask.query['kind'])
  const all = await evidenceOf(ask.tx, ask.viewer.partnership, kind)
  return listPage({
    ask,
    tab: 'evidence',
    title: words.title,
    intro: words.intro,
    button: mayWrite(ask) && <Button href={ask.href('/evidence/new')}>{words.add}</Button>,
    children: (
      <>
        {(all.length > 0 || kind) && <Narrow ask={ask} kind={kind ?? ''} />}
        {all.length === 0 && <p class="govuk-body">{kind ? words.noneSo : words.none}</p>}
        <ul class="trellis-rows">
          {all.map((one) => (
            <Row ask={ask} one={one} />
          ))}
        </ul>
      </>
    ),
  })
}

const Row = ({ ask, one }: { ask: Ask; one: Listed }) => {
  const words = ask.w.adoption.evidence
  const more = [`${one.source}, ${one.year}`, labelIn(strengths, one.strength), one.cited > 0 && cited(ask, one.cited)]
  return (
    <li class="trellis-row">
      <div>
        <Link href={ask.href(`/evidence/${one.id}`)}>{one.title}</Link>
        <span class="trellis-row__more">{more.filter(Boolean).join(' · ')}</span>
      </div>
      <div class="trellis-row__tags">
        <Tag classes="govuk-tag--grey">{words.kinds[one.kind]}</Tag>
        {one.fit && one.fit !== 'not known' && (
          <Tag classes={one.fit === 'fits' ? 'govuk-tag--green' : 'govuk-tag--yellow'}>{words.fitTags[one.fit]}</Tag>
        )}
      </div>
    </li>
  )
}

const cited = (ask: Ask, count: number): string => {
  const { citedOnce, cited: many } = ask.w.adoption.evidence
  return count === 1 ? citedOnce : fill(many, { count })
}

const Narrow = ({ ask, kind }: { ask: Ask; kind: string }) => {
  const words = ask.w.adoption.evidence
  return (
    <form
      method="get"
      action={ask.href('/evidence')}
      class="trellis-choices-bar"
      role="search"
      aria-label={words.title}
    >
      <Select
        name="kind"
        label={words.kind}
        value={kind}
        items={[{ value: '', text: words.any }, ...evidenceKinds.map((value) => ({ value, text: words.kinds[value] }))]}
      />
      <div class="trellis-choices-bar__act">
        <Button classes="govuk-button--secondary">{words.show}</Button>
      </div>
    </form>
  )
}
