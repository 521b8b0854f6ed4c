import { isId } from '../../platform/index.ts'
import { codesOf, labelOf } from '../../sharing/index.ts'
import { BackLink, Button, fill, Link, page, Select, Title, type Ask, type Handler } from '../../web/index.ts'
import { looks_page, looksAt, looksHold, type Look, type LooksWanted } from '../looks.ts'
import { aboutPerson, enter } from '../gate.ts'
import { inCircleOf } from '../circle.ts'
import { counted, pageOf, Pages, when, worded } from './said.tsx'

/** Who looked at a person's record, for those who work with them. */
export const lookedPage: Handler = async (ask) => {
  const subject = await inCircleOf(ask.tx, ask.viewer, ask.params['id'], ask.house.now())
  const at = await enter(ask, subject.id)
  if (at.kind === 'answer') return at.answer
  const { agency, kind } = ask.query
  const wanted: LooksWanted = { agency: isId(agency ?? '') ? agency : undefined, kind, page: pageOf(ask) }
  const { looks, total } = await looksAt(ask.tx, ask.place.id, subject.id, wanted)
  const held = await looksHold(ask.tx, ask.place.id, subject.id)
  const codes = await codesOf(ask.tx, ask.place.id)
  const words = ask.w.rights.looked
  const title = fill(words.title, { reference: subject.reference })
  return page({
    title,
    wide: true,
    about: aboutPerson(at),
    body: (
      <>
        <BackLink href={ask.href(`/people/${subject.id}`)}>{ask.w.common.back}</BackLink>
        <Title>{title}</Title>
        <p class="govuk-body">{words.intro}</p>
        <p class="govuk-body">
          <Link href={ask.href(`${ask.path}/for-the-person`)}>{words.forThePerson}</Link>
        </p>
        <Choices ask={ask} wanted={wanted} held={held} />
        <p class="govuk-body" role="status">
          {total === 0 ? words.none : counted(words.count, total)}
        </p>
        <ul class="trellis-rows">
          {looks.map((look) => (
            <Row ask={ask} look={look} purpose={look.purpose && labelOf(codes, 'purpose', look.purpose)} />
          ))}
        </ul>
        <Pages
          ask={ask}
          page={wanted.page}
          last={Math.ceil(total / looks_page)}
          kept={{ agency: wanted.agency, kind: wanted.kind }}
        />
      </>
    ),
  })
}

const Choices = (props: { ask: Ask; wanted: LooksWanted; held: Awaited<ReturnType<typeof looksHold>> }) => {
  const { ask, wanted, held } = props
  const words = ask.w.rights.looked
  const any = { value: '', text: words.any }
  return (
    <form
      method="get"
      action={ask.href(ask.path)}
      class="trellis-choices-bar"
      role="search"
      aria-label={words.filterTitle}
    >
      <Select
        name="agency"
        label={words.agency}
        value={wanted.agency}
        items={[any, ...held.agencies.map(({ id, name }) => ({ value: id, text: name }))]}
      />
      <Select
        name="kind"
        label={words.kind}
        value={wanted.kind}
        items={[any, ...held.kinds.map((value) => ({ value, text: worded(words.kinds, value) }))]}
      />
      <div class="trellis-choices-bar__act">
        <Button classes="govuk-button--secondary">{words.filter}</Button>
        <Link href={ask.href(ask.path)}>{words.clear}</Link>
      </div>
    </form>
  )
}

const Row = ({ ask, look, purpose }: { ask: Ask; look: Look; purpose: string | null }) => {
  const words = ask.w.rights.looked
  const who = look.name ?? (look.system ? words.system : words.product)
  return (
    <li class="trellis-row">
      <div>
        <span class="trellis-row__name">{worded(words.kinds, look.kind)}</span>
        <span class="trellis-row__more">
          {who}
          {look.jobTitle && `, ${look.jobTitle}`}
          {look.agency && `, ${look.agency}`}
          <br />
          <time dateTime={look.at.toISOString()}>{when(ask, look.at)}</time>
        </span>
      </div>
      <div class="trellis-row__more">
        {words.why}: {purpose ?? words.unsaid}
        <br />
        {words.clause}: {look.clause ?? words.noClause}
      </div>
    </li>
  )
}
