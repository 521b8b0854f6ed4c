import { z } from 'zod'
import {
  BackLink,
  Button,
  errorFor,
  Errors,
  fill,
  Form,
  Input,
  readForm,
  redirect,
  Title,
  typed,
  type Answer,
  type Ask,
  type FieldError,
  type Handler,
} from '../../../web/index.ts'
import { addIdentifier, removeIdentifier } from '../../agency.ts'
import { showAgency, type ShownAgency } from '../../directory.ts'
import { section, todayAt } from '../section.tsx'

const asked = (ask: Ask) => showAgency(ask.tx, ask.place.id, ask.params['agency'] ?? '', todayAt(ask))

export const identifiersPage: Handler = async (ask) => view(ask, await asked(ask))

export const sendIdentifier: Handler = async (ask) => {
  const agency = await asked(ask)
  const words = ask.w.partnership.identifiers
  const schema = z.strictObject({
    scheme: z.string(words.schemeMissing).trim().min(1, words.schemeMissing).max(40, words.schemeLong),
    value: z.string(words.valueMissing).trim().min(1, words.valueMissing).max(60, words.valueLong),
  })
  const read = readForm(schema, ask.form)
  if (!read.ok) return view(ask, agency, read.errors)
  if ((await addIdentifier(ask.tx, ask.viewer, agency.id, read.value)) === 'taken')
    return view(ask, agency, [{ field: 'value', text: words.taken }])
  return redirect(`/partners/${agency.id}/identifiers?done=added`)
}

export const sendRemoveIdentifier: Handler = async (ask) => {
  const agency = await asked(ask)
  const read = readForm(z.strictObject({ scheme: z.string(), value: z.string() }), ask.form)
  if (read.ok) await removeIdentifier(ask.tx, ask.viewer, agency.id, read.value)
  return redirect(`/partners/${agency.id}/identifiers?done=removed`)
}

const view = (ask: Ask, agency: ShownAgency, errors: readonly FieldError[] = []): Answer => {
  const words = ask.w.partnership.identifiers
  const here = `/partners/${agency.id}/identifiers`
  const body = (
    <>
      <BackLink href={ask.href(`/partners/${agency.id}`)}>{ask.w.common.back}</BackLink>
      <Errors ask={ask} errors={errors} />
      <Title caption={agency.name}>{words.title}</Title>
      {agency.identifiers.length === 0 && <p class="govuk-body">{words.none}</p>}
      <ul class="trellis-rows">
        {agency.identifiers.map(({ scheme, value, checked }) => (
          <li class="trellis-row">
            <div>
              <strong>{scheme}</strong> {value}
              {!checked && <span class="trellis-row__more">{ask.w.partnership.partner.unchecked}</span>}
            </div>
            <Form ask={ask} action={`${here}/remove`}>
              <input type="hidden" name="scheme" value={scheme} />
              <input type="hidden" name="value" value={value} />
              <button class="trellis-link-button trellis-link-button--dark">
                {ask.w.common.remove}
                <span class="govuk-visually-hidden"> {fill(words.which, { scheme, value })}</span>
              </button>
            </Form>
          </li>
        ))}
      </ul>
      <Form ask={ask} action={here}>
        <h2 class="govuk-heading-m">{words.add}</h2>
        <Input
          name="scheme"
          label={words.scheme}
          hint={words.schemeHint}
          classes="govuk-input--width-10"
          value={typed(ask.form, 'scheme')}
          errorMessage={errorFor(errors, 'scheme')}
        />
        <Input
          name="value"
          label={words.value}
          classes="govuk-input--width-20"
          spellcheck={false}
          value={typed(ask.form, 'value')}
          errorMessage={errorFor(errors, 'value')}
        />
        <Button preventDoubleClick>{words.button}</Button>
      </Form>
    </>
  )
  return { ...section(ask, '/partners', words.title, body), status: errors.length ? 422 : 200 }
}
