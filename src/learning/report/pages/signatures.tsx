import { Button, errorFor, fill, Form, Radios, Tag, type Ask, type FieldError } from '../../../web/index.ts'
import { maySayNaming, type Signature } from '../sign.ts'
import { dayOf } from './days.ts'
import type { At } from './frame.tsx'

type Props = { ask: Ask; at: At; signatures: readonly Signature[]; version: number; errors: readonly FieldError[] }

/** Every signature, with the version that it is under and whether its name may be published. */
export const SignaturesShown = ({ ask, at, signatures, version, errors }: Props) => {
  const words = ask.w.learningReport.form
  if (signatures.length === 0) return <p class="govuk-body">{words.sign.none}</p>
  return (
    <>
      <h2 class="govuk-heading-m" id="signatures">
        {words.sign.signatures}
      </h2>
      <ul class="trellis-rows">
        {signatures.map((one) => (
          <li class="trellis-row trellis-row--tall">
            <p class="govuk-body govuk-!-font-weight-bold">
              {one.name} <UnderTag ask={ask} one={one} version={version} />
            </p>
            <p class="govuk-body">{[words.sides[one.side], one.role, one.body].filter(Boolean).join(', ')}</p>
            <span class="trellis-row__more">
              {one.version !== null && `${fill(words.sign.under, { version: one.version })} `}
              {one.signed_on && fill(words.sign.on, { day: dayOf(ask, one.signed_on) })}
              <br />
              {one.named === null ? words.sign.unasked : one.named ? words.sign.isNamed : words.sign.isMasked}
            </span>
            {maySayNaming(at.viewer, one) && <NamingForm ask={ask} at={at} one={one} errors={errors} />}
          </li>
        ))}
      </ul>
    </>
  )
}

const UnderTag = ({ ask, one, version }: { ask: Ask; one: Signature; version: number }) => {
  const words = ask.w.learningReport.form.sign
  if (one.version === null) return <Tag classes="govuk-tag--grey">{words.fromFile}</Tag>
  return one.version === version ? (
    <Tag classes="govuk-tag--green">{words.stands}</Tag>
  ) : (
    <Tag classes="govuk-tag--yellow">{words.earlier}</Tag>
  )
}

const NamingForm = (props: { ask: Ask; at: At; one: Signature; errors: readonly FieldError[] }) => {
  const { ask, at, one, errors } = props
  const words = ask.w.learningReport.form.sign
  return (
    <details class="govuk-details" open={errorFor(errors, `named-${one.id}`) !== undefined}>
      <summary class="govuk-details__summary">
        <span class="govuk-details__summary-text">{fill(words.changeNaming, { name: one.name })}</span>
      </summary>
      <div class="govuk-details__text">
        <Form ask={ask} action={`${at.base}/signatures/${one.id}`} once>
          <Radios
            name="named"
            idPrefix={`named-${one.id}`}
            fieldset={{
              legend: {
                text: one.account_id === null ? fill(words.namedThem, { name: one.name }) : words.named,
                classes: 'govuk-fieldset__legend--s',
              },
            }}
            errorMessage={errorFor(errors, `named-${one.id}`)}
            value={one.named === null ? '' : one.named ? 'yes' : 'no'}
            items={[
              { value: 'yes', text: words.namedYes },
              { value: 'no', text: words.namedNo },
            ]}
          />
          <Button classes="govuk-button--secondary" preventDoubleClick>
            {words.keepNaming}
          </Button>
        </Form>
      </div>
    </details>
  )
}
