import { NotFound } from '../../../platform/index.ts'
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
  Radios,
  redirect,
  Textarea,
  Title,
  typed,
  type Ask,
  type FieldError,
  type Handler,
} from '../../../web/index.ts'
import { aboutRequest, addressOf, atRequest, type AtRequest } from '../../access/gather.ts'
import { decideItem, exemptions, type Reviewed } from '../../access/review.ts'
import { askedOf, nameOf, readDecision, type Asked } from '../../access/said.ts'
import { when } from '../said.tsx'
import { Marked } from './marked.tsx'

/** One item: what it says, what in it may be about others, and what becomes of it. */
export const itemPage: Handler = async (ask) => {
  const here = await atRequest(ask, { open: true })
  return view(ask, here, itemAt(ask, here))
}

export const sendItem: Handler = async (ask) => {
  const here = await atRequest(ask, { open: true })
  const item = itemAt(ask, here)
  const read = readDecision(ask, item)
  if (!read.ok) return view(ask, here, item, read.errors)
  const outcome = await decideItem(ask.tx, ask.house.keys, here.at, here.request, item, read.value)
  if (outcome === 'changed meanwhile')
    return view(ask, here, item, [{ field: 'outcome', text: ask.w.rights.access.item.changed }])
  return redirect(addressOf(here, '?done=decided'))
}

const itemAt = ({ params }: Ask, { items }: AtRequest): Reviewed => {
  const found = items.find(({ id }) => id === params['item'])
  if (!found) throw new NotFound()
  return found
}

const view = async (ask: Ask, here: AtRequest, item: Reviewed, errors: readonly FieldError[] = []) => {
  const words = ask.w.rights.access.item
  const { decision, text } = item
  const supplier = item.kind === 'supplier'
  const asked = askedOf(item, ask.form)
  const names = await namesFor(ask.tx, decision ? [decision.decided_by] : [])
  const before = (name: string, kept: string | null | undefined): string =>
    errors.length > 0 ? typed(ask.form, name) : (kept ?? '')
  const reason = (
    <Radios
      name="exemption"
      hint={words.exemptionHint}
      fieldset={{ legend: { text: words.exemption, classes: 'govuk-fieldset__legend--s' } }}
      value={before('exemption', decision?.exemption)}
      errorMessage={errorFor(errors, 'exemption')}
      items={exemptions.map((value) => ({ value, text: words.exemptions[value] }))}
    />
  )
  return page({
    title: item.title,
    status: errors.length ? 422 : 200,
    frame: 'staff',
    about: aboutRequest(here, [item]),
    body: (
      <>
        <BackLink href={ask.href(addressOf(here))}>{words.back}</BackLink>
        <Errors ask={ask} errors={errors} />
        <Title>{item.title}</Title>
        {item.at && <p class="govuk-body">{when(ask, item.at)}</p>}
        {decision && (
          <InsetText>
            {fill(words.before, {
              name: names.get(decision.decided_by)?.name ?? '',
              when: when(ask, decision.decided_at),
            })}
          </InsetText>
        )}
        {text === null && <p class="govuk-body">{words.sealed}</p>}
        {supplier && <p class="govuk-body">{fill(words.supplier, { agency: item.title })}</p>}
        {text !== null && !supplier && (
          <>
            <h2 class="govuk-heading-m">{words.text}</h2>
            <p class="govuk-body">{words.marked}</p>
            <Marked text={text} spans={asked} />
          </>
        )}
        <Form ask={ask}>
          <input type="hidden" name="seen" value={decision?.number ?? 0} />
          {text !== null && asked.map((one) => <Stretch ask={ask} text={text} one={one} errors={errors} />)}
          {text !== null && !supplier && (
            <Textarea
              name="also"
              label={{ text: words.also, classes: 'govuk-label--s' }}
              hint={words.alsoHint}
              rows={3}
              value={typed(ask.form, 'also')}
              errorMessage={errorFor(errors, 'also')}
            />
          )}
          <Radios
            name="outcome"
            fieldset={{ legend: { text: words.outcome, classes: 'govuk-fieldset__legend--m' } }}
            value={before('outcome', decision?.outcome)}
            errorMessage={errorFor(errors, 'outcome')}
            items={[
              text !== null && { value: 'release', text: supplier ? words.releaseSupplier : words.release },
              { value: 'withhold', text: words.withhold, conditional: reason },
            ]}
          />
          <Textarea
            name="why"
            label={{ text: words.why, classes: 'govuk-label--s' }}
            hint={words.whyHint}
            rows={3}
            value={before('why', decision?.why)}
            errorMessage={errorFor(errors, 'why')}
          />
          <Button preventDoubleClick>{words.button}</Button>
        </Form>
      </>
    ),
  })
}

const Stretch = (props: { ask: Ask; text: string; one: Asked; errors: readonly FieldError[] }) => {
  const { ask, text, one, errors } = props
  const words = ask.w.rights.access.item
  const name = nameOf(one)
  return (
    <Radios
      name={name}
      classes="govuk-radios--inline govuk-radios--small"
      fieldset={{
        legend: {
          text: fill(words.span, { said: text.slice(one.from, one.to) }),
          classes: 'govuk-fieldset__legend--s',
        },
      }}
      hint={words.kinds[one.kind]}
      value={one.said}
      errorMessage={errorFor(errors, name)}
      items={[
        { value: 'hide', text: words.hide },
        { value: 'show', text: words.show },
      ]}
    />
  )
}
