import { z } from 'zod'
import {
  BackLink,
  Button,
  errorFor,
  Errors,
  fill,
  Form,
  page,
  Radios,
  readForm,
  redirect,
  Tag,
  Textarea,
  Title,
  typed,
  WarningText,
  type Ask,
  type FieldError,
  type Handler,
} from '../../../web/index.ts'
import { answerPack, editionOf, whyNotSecond } from '../../access/approve.ts'
import { aboutRequest, addressOf, atRequest, type AtRequest } from '../../access/gather.ts'
import type { Reviewed } from '../../access/review.ts'
import { when } from '../said.tsx'
import { Marked } from './marked.tsx'

const outcomes = ['approved', 'sent back'] as const
const most = 2000

/** The whole pack for a second person: as it will be given, with what is hidden and what is withheld. */
export const approvePage: Handler = async (ask) => view(ask, await atRequest(ask, { open: true }))

export const sendApprove: Handler = async (ask) => {
  const here = await atRequest(ask, { open: true })
  const words = ask.w.rights.access.approve
  const schema = z
    .strictObject({
      outcome: z.enum(outcomes, words.missing),
      words: z.string().trim().max(most, fill(words.long, { most })).default(''),
      edition: z.string().max(100).default(''),
    })
    .refine(({ outcome, words: said }) => outcome === 'approved' || said !== '', {
      path: ['words'],
      message: words.wordsMissing,
    })
  const read = readForm(schema, ask.form)
  if (!read.ok) return view(ask, here, read.errors)
  const { at, request, items } = here
  const answer = await answerPack(ask.tx, ask.house.keys, at, request, items, read.value)
  if (answer === 'changed meanwhile') return view(ask, here, [{ field: 'outcome', text: words.changed }])
  if (answer !== 'answered') return view(ask, here, [{ field: 'outcome', text: words.refused[answer] }])
  return redirect(addressOf(here, read.value.outcome === 'approved' ? '?done=approved' : '?done=sent-back'))
}

const view = async (ask: Ask, here: AtRequest, errors: readonly FieldError[] = []) => {
  const { at, request, items } = here
  const words = ask.w.rights.access.approve
  const title = fill(words.title, { reference: at.subject.reference })
  const refused = await whyNotSecond(ask.tx, at, request, items)
  return page({
    title,
    status: errors.length ? 422 : 200,
    frame: 'staff',
    about: aboutRequest(here, items),
    body: (
      <>
        <BackLink href={ask.href(addressOf(here))}>{words.back}</BackLink>
        <Errors ask={ask} errors={errors} />
        <Title>{title}</Title>
        <p class="govuk-body">{words.intro}</p>
        {items.map((item) => (
          <Whole ask={ask} item={item} />
        ))}
        {refused ? (
          <WarningText>{words.refused[refused]}</WarningText>
        ) : (
          <Form ask={ask}>
            <input type="hidden" name="edition" value={editionOf(items)} />
            <Radios
              name="outcome"
              fieldset={{ legend: { text: words.question, classes: 'govuk-fieldset__legend--m' } }}
              value={typed(ask.form, 'outcome')}
              errorMessage={errorFor(errors, 'outcome')}
              items={[
                { value: 'approved', text: words.approved },
                { value: 'sent back', text: words.sentBack },
              ]}
            />
            <Textarea
              name="words"
              label={words.words}
              rows={4}
              value={typed(ask.form, 'words')}
              errorMessage={errorFor(errors, 'words')}
            />
            <Button preventDoubleClick>{words.button}</Button>
          </Form>
        )}
      </>
    ),
  })
}

const Whole = ({ ask, item }: { ask: Ask; item: Reviewed }) => {
  const { approve: words, request, item: itemWords } = ask.w.rights.access
  const { decision, text } = item
  return (
    <div>
      <h2 class="govuk-heading-s govuk-!-margin-bottom-1">
        {item.title}
        {item.at && `, ${when(ask, item.at)}`}
      </h2>
      <p class="govuk-body-s">
        {!decision && <Tag classes="govuk-tag--yellow">{request.open}</Tag>}
        {decision?.outcome === 'release' && (
          <Tag classes="govuk-tag--green">{item.kind === 'supplier' ? words.referred : words.given}</Tag>
        )}
        {decision?.exemption && (
          <>
            <Tag classes="govuk-tag--grey">{request.withhold}</Tag> {itemWords.exemptions[decision.exemption]}
          </>
        )}
        {decision?.why && ` · ${decision.why}`}
      </p>
      {text === null && <p class="govuk-body">{words.sealed}</p>}
      {text !== null && item.kind !== 'supplier' && <Marked text={text} spans={decision?.spans ?? item.proposed} />}
    </div>
  )
}
