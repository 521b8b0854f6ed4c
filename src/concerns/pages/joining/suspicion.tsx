import { z } from 'zod'
import { fieldsIn, mostOfOne, sayRight } from '../../../joining/index.ts'
import { agencyNames } from '../../../partnership/index.ts'
import { namesFor } from '../../../staff/index.ts'
import {
  BackLink,
  Button,
  errorFor,
  Errors,
  fill,
  Form,
  InsetText,
  page,
  readForm,
  redirect,
  Table,
  Tag,
  Textarea,
  Title,
  typed,
  type Ask,
  type FieldError,
  type Handler,
  type Page,
} from '../../../web/index.ts'
import { frontDoor } from '../../front-door.ts'
import { suspectFor, type Suspect } from '../../suspicions.ts'
import { written } from '../concern/act.tsx'
import { Whose, type Names } from '../concern/joins.tsx'
import { when, Written } from '../said.tsx'

/** Records that are known as one and look wrong: why, all of them beside each other, what ties them, and the answer. */
export const suspicion: Handler = async (ask) => shown(ask, await asked(ask), [])

export const suspicionAnswered: Handler = async (ask) => {
  const found = await asked(ask)
  const words = ask.w.joining.suspicion
  const read = readForm(z.strictObject({ why: written(ask.w.duty, words.whyMissing) }), ask.form)
  if (!read.ok) return shown(ask, found, read.errors)
  const said = { why: read.value.why, at: ask.house.now() }
  const outcome = await sayRight(ask.tx, ask.house.keys, frontDoor(ask.viewer), found.id, said)
  if (outcome === 'kept') return redirect('/joining?done=right')
  return shown(ask, found, [{ field: 'form', text: words[outcome] }], 409)
}

const asked = (ask: Ask): Promise<Suspect> =>
  suspectFor(ask.tx, ask.house.keys, frontDoor(ask.viewer), ask.params['suspicion'], ask.house.now())

const shown = async (
  ask: Ask,
  found: Suspect,
  errors: FieldError[],
  status: Page['status'] = errors.length ? 422 : 200,
): Promise<Page> => {
  const words = ask.w.joining.suspicion
  const names = await namesOf(ask, found)
  const answered = found.answers.some((one) => one.suspicion_id === found.id)
  const kept = typed(ask.form, 'why')
  return page({
    title: words.titles[found.kind],
    status,
    frame: 'staff',
    wide: true,
    about: { kind: 'suspicion', id: found.id },
    body: (
      <>
        <BackLink href={ask.href('/joining')}>{ask.w.joining.review.back}</BackLink>
        <Errors ask={ask} errors={errors} />
        <Title>{words.titles[found.kind]}</Title>
        {found.ended_at ? (
          <InsetText>{words.changed}</InsetText>
        ) : (
          <>
            <Reasons ask={ask} found={found} />
            <Beside ask={ask} found={found} names={names} />
            <Ties ask={ask} found={found} names={names} />
          </>
        )}
        <Answers ask={ask} found={found} names={names} />
        {found.ended_at || answered ? (
          kept && <Textarea name="why" id="why" label={words.why} value={kept} attributes={{ readonly: true }} />
        ) : (
          <Form ask={ask} action={`/joining/suspicions/${found.id}`} once>
            <h2 class="govuk-heading-m">{words.right}</h2>
            <p class="govuk-body">{words.rightText}</p>
            <Textarea
              name="why"
              rows={3}
              label={words.why}
              hint={words.whyHint}
              value={kept}
              errorMessage={errorFor(errors, 'why')}
            />
            <Button preventDoubleClick>{words.button}</Button>
          </Form>
        )}
      </>
    ),
  })
}

const namesOf = async (ask: Ask, { sides, ties, answers }: Suspect): Promise<Names> => {
  const people = await namesFor(
    ask.tx,
    [...ties, ...answers].map(({ staff_id }) => staff_id),
  )
  const agencies = await agencyNames(
    ask.tx,
    sides.flatMap(({ agency, contacts }) => [...(agency ? [agency] : []), ...contacts.map((one) => one.agency)]),
  )
  return {
    named: (id) => (id ? (people.get(id)?.name ?? ask.w.duty.someone) : ask.w.duty.system),
    agency: (id) => (id ? (agencies.get(id) ?? '') : ''),
  }
}

type Props = { ask: Ask; found: Suspect }

/** Each in words where the reader may see what it rests on; of the others only that there is something. */
const Reasons = ({ ask, found }: Props) => {
  const words = ask.w.joining.suspicion
  const at = (id: string | null): number => found.sides.findIndex(({ record }) => record === id)
  const number = (id: string | null): string => String(at(id) + 1)
  const seen = (id: string | null): boolean => id === null || !!found.sides[at(id)]?.standard
  const sentences = found.wrong.map(({ reason, a_id, b_id, via_id }) =>
    seen(a_id) && seen(b_id)
      ? fill(words.why_wrong[reason], {
          a: number(a_id),
          b: number(b_id),
          via: number(via_id),
          count: found.sides.length,
          most: mostOfOne(found.kind),
        })
      : words.hidden,
  )
  return (
    <>
      <p class="govuk-body">{words.intro}</p>
      <ul class="govuk-list govuk-list--bullet">
        {[...new Set(sentences)].map((sentence) => (
          <li>{sentence}</li>
        ))}
      </ul>
    </>
  )
}

/** A row for each record, a column for each field that any of them gives. */
const Beside = ({ ask, found, names }: Props & { names: Names }) => {
  const { review, suspicion: words } = ask.w.joining
  const said = found.sides.map(({ standard }) => new Map(standard ? fieldsIn(standard) : []))
  const given = said.flatMap((one) => [...one].flatMap(([field, values]) => (values.length ? field : [])))
  // The name stands before the others already.
  const fields = [...new Set(given)].filter((field) => field !== 'name')
  const odd = found.wrong.find(({ reason }) => reason === 'odd one out')?.a_id
  return (
    <div class="trellis-beside trellis-beside--records" role="group" tabindex={0} aria-label={review.table}>
      <Table
        caption={review.table}
        captionClasses="govuk-table__caption--m"
        firstCellIsHeader
        head={[{ text: words.record }, ...fields.map((field) => ({ text: review.fields[field] }))]}
        rows={found.sides.map((side, i) => [
          {
            text: (
              <>
                {i + 1}.{' '}
                <Whose ask={ask} side={side} reference={found.references.get(side.concern ?? '')} names={names} />
                {side.record === odd && side.standard && (
                  <>
                    <br />
                    <Tag classes="govuk-tag--red">{words.odd}</Tag>
                  </>
                )}
              </>
            ),
          },
          ...fields.map((field) => ({
            text: (
              <>
                <span class="trellis-beside__field">{review.fields[field]}: </span>
                {side.standard ? (
                  <bdi>{said[i]!.get(field)?.join(', ') || <span class="govuk-hint">{review.nothing}</span>}</bdi>
                ) : (
                  <span class="govuk-hint">{words.notShown}</span>
                )}
              </>
            ),
          })),
        ])}
      />
    </div>
  )
}

/** The answers that tie them, the weakest first: each opens its pair, where it is taken back. */
const Ties = ({ ask, found, names }: Props & { names: Names }) => {
  const words = ask.w.joining.suspicion
  const number = (id: string): number => found.sides.findIndex(({ record }) => record === id) + 1
  if (found.ties.length === 0) return <p class="govuk-body">{words.noTies}</p>
  return (
    <>
      <h2 class="govuk-heading-m">{words.ties}</h2>
      <p class="govuk-body">{words.tiesText}</p>
      <ul class="govuk-list govuk-list--spaced">
        {found.ties.map(({ a, b, proposal, staff_id, at, weakest }) => {
          const [one, other] = [number(a), number(b)].sort((x, y) => x - y)
          const pair = fill(words.tie, { a: one!, b: other! })
          return (
            <li>
              {proposal ? (
                <a class="govuk-link" href={ask.href(`/joining/${proposal}`)}>
                  {pair}
                </a>
              ) : (
                pair
              )}
              , {fill(words.said, { name: names.named(staff_id), when: when(ask, at) })}{' '}
              {weakest && <Tag classes="govuk-tag--yellow">{words.weakest}</Tag>}
            </li>
          )
        })}
      </ul>
    </>
  )
}

const Answers = ({ ask, found, names }: Props & { names: Names }) => {
  const words = ask.w.joining.suspicion
  return (
    <>
      {found.answers.map(({ suspicion_id, staff_id, at, why }) => (
        <div class="trellis-join__answer">
          <p class="govuk-body govuk-!-margin-bottom-1">
            <strong>
              {fill(suspicion_id === found.id ? words.saidRight : words.saidBefore, {
                name: names.named(staff_id),
                when: when(ask, at),
              })}
            </strong>
          </p>
          {why && <Written>{why}</Written>}
        </div>
      ))}
    </>
  )
}
