import { newId, record } from '../../../platform/index.ts'
import { namesFor } from '../../../staff/index.ts'
import { BackLink, Button, Details, Form, Link, page, Tag, Title, type Ask, type Handler } from '../../../web/index.ts'
import { deferralsOf, itemsOf, whoTheyAre, type Item, type Whom } from '../agenda.ts'
import { atSitting, type AtSitting } from '../at-sitting.ts'
import { bySubject, dueBy } from '../due.ts'
import { gapsAmong, knownAmong } from '../gaps.ts'
import { declaredAt, seatsOf } from '../queries.ts'
import { blindAmong, isKeptFrom } from '../sight.ts'
import { keepsSitting } from '../sitting.ts'
import { DueRows, nameOf, PutOff } from './due-rows.tsx'
import { factsOf } from './facts.tsx'
import { Asked, Gaps } from './seats.tsx'
import { CannotSee, KeptFrom } from './sight.tsx'

type People = ReadonlyMap<string, Whom>

/** One sitting: who is on its agenda and why, what else is due, and who is asked; of people only those the viewer may see. */
export const sittingPage: Handler = async (ask) => {
  const here = await atSitting(ask)
  if (here.kind === 'answer') return here.answer
  const { sitting, worker, base } = here
  const { partnership } = worker
  const of = [ask.tx, ask.house.keys, partnership, sitting.id] as const
  const items = await itemsOf(...of)
  const keeps = keepsSitting(worker, sitting)
  const isOn = new Set(items.map(({ subject_id }) => subject_id))
  const deferrals = (keeps ? await deferralsOf(...of) : []).filter(({ subject_id }) => !isOn.has(subject_id))
  const settled = new Set([...items, ...deferrals].map(({ subject_id }) => subject_id))
  const due = keeps
    ? bySubject(await dueBy(ask.tx, partnership, here)).filter(({ subject_id }) => !settled.has(subject_id))
    : []
  const people = await whoTheyAre(ask.tx, ask.house.keys, partnership, [
    ...settled,
    ...due.map(({ subject_id }) => subject_id),
  ])
  await keepListed(ask, here, people)
  const seats = await seatsOf(ask.tx, partnership, sitting.id)
  const declared = (await declaredAt(ask.tx, partnership, sitting.id)).filter(({ until_at }) => until_at > here.now)
  const isKept = !keeps && (await isKeptFrom(ask, here, items))
  const around = keeps ? await knownAmong(ask, here, [...isOn]) : undefined
  const asked = new Set(seats.map(({ of_agency_id }) => of_agency_id))
  const gaps = around ? await gapsAmong(ask, here, { known: around.known, asked }) : []
  const blind = around ? blindAmong(here, around.register, { items, known: around.known, seats }) : []
  const names = await namesFor(ask.tx, [
    ...deferrals.map(({ deferred_by }) => deferred_by),
    ...declared.map(({ staff_id }) => staff_id),
  ])
  const words = ask.w.panels.one
  const title = ask.w.panels.kinds[sitting.kind]
  return page({
    title,
    frame: 'staff',
    about: { kind: 'panel', id: sitting.id, detail: { purpose: sitting.purpose } },
    body: (
      <>
        <BackLink href={ask.href('/meetings')}>{words.back}</BackLink>
        <Title caption={sitting.reference}>{title}</Title>
        {sitting.called_off_at && <Tag classes="govuk-tag--grey">{ask.w.panels.off}</Tag>}
        {await factsOf(ask, sitting)}
        <h2 class="govuk-heading-m">{words.agenda}</h2>
        {items.length === 0 && <p class="govuk-body">{words.agendaNone}</p>}
        <ul class="trellis-rows">
          {items.map((item) => (
            <ItemRow ask={ask} item={item} who={people.get(item.subject_id)} />
          ))}
        </ul>
        {isKept && (await KeptFrom({ ask, sitting }))}
        <Papers ask={ask} base={base} />
        {keeps && <DueRows ask={ask} base={base} due={due} people={people} />}
        {deferrals.length > 0 && <PutOff ask={ask} base={base} deferrals={deferrals} people={people} names={names} />}
        <Gaps ask={ask} base={base} gaps={gaps} people={people} />
        {around && <CannotSee ask={ask} blind={blind} known={around.known} people={people} />}
        <Asked ask={ask} sitting={sitting} seats={seats} declared={declared} names={names} />
        {keeps && (
          <Details summary={words.callOff}>
            <p class="govuk-body">{words.callOffText}</p>
            <Form ask={ask} action={`${base}/call-off`}>
              <Button classes="govuk-button--warning" preventDoubleClick>
                {words.callOff}
              </Button>
            </Form>
          </Details>
        )}
      </>
    ),
  })
}

/** A name that was shown was looked at: it stands in the person's own log, and once for the list as a whole. */
const keepListed = async (ask: Ask, { worker, sitting }: AtSitting, people: People): Promise<void> => {
  if (people.size === 0) return
  const { purpose } = worker.stated
  await record(
    ask.tx,
    worker,
    'people listed',
    { kind: 'list', id: newId() },
    { panel: sitting.id, named: people.size },
  )
  for (const id of people.keys())
    await record(ask.tx, worker, 'person listed', { kind: 'person', id }, { panel: sitting.id, purpose })
}

const ItemRow = ({ ask, item, who }: { ask: Ask; item: Item; who: Whom | undefined }) => {
  const words = ask.w.panels
  return (
    <li class="trellis-row">
      <div>
        <Link href={ask.href(`/people/${item.subject_id}/meetings/${item.meeting_id}/minutes`)}>
          <span dir="auto">{nameOf(who)}</span>
        </Link>
        <span class="trellis-row__more">
          {who && who.kind !== 'person' && `${kindOf(ask, who)} · `}
          {who?.name && who.reference}
        </span>
        {item.why.map((why) => (
          <span class="trellis-row__more">{words.whys[why]}</span>
        ))}
        {item.reason && (
          <span class="trellis-row__more trellis-words" dir="auto">
            {item.reason}
          </span>
        )}
      </div>
      {item.outcome && (
        <div class="trellis-row__tags">
          <Tag classes="govuk-tag--grey">{words.one.outcomes[item.outcome]}</Tag>
        </div>
      )}
    </li>
  )
}

const kindOf = (ask: Ask, { kind }: Whom): string => (ask.w.contexts.kinds as Record<string, string>)[kind] ?? kind

const Papers = ({ ask, base }: { ask: Ask; base: string }) => {
  const words = ask.w.panels.one
  return (
    <>
      <h2 class="govuk-heading-m">{words.pack}</h2>
      <p class="govuk-body">{words.packHint}</p>
      <ul class="govuk-list">
        <li>
          <Link href={ask.href(`${base}/pack`)}>{words.print}</Link>
        </li>
        <li>
          <Link href={ask.href(`${base}/pack.pdf`)}>{words.pdf}</Link>
        </li>
        <li>
          <Link href={ask.href(`${base}/pack.docx`)}>{words.word}</Link>
        </li>
        <li>
          <Link href={ask.href(`${base}/calendar.ics`)}>{words.calendar}</Link>. {words.calendarHint}
        </li>
      </ul>
    </>
  )
}
