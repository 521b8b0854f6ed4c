import type { ComponentChildren } from 'preact'
import { consents, methods, moreHarmful, type Second } from '../../sharing/index.ts'
import {
  BackLink,
  Button,
  Checkboxes,
  DateBoxes,
  errorFor,
  Errors,
  fill,
  Form,
  Input,
  page,
  Radios,
  Select,
  Textarea,
  ticked,
  Title,
  typed,
  type Ask,
  type FieldError,
  type Page,
} from '../../web/index.ts'
import { aboutPerson, type Through } from '../gate.ts'
import { Answers } from './share-answers.tsx'
import { choices, reasonsFor, tellableClasses, type Asked, type Ground } from './share-form.ts'

const large = (text: string) => ({ legend: { text, classes: 'govuk-fieldset__legend--m' } })

/** First: to whom, what, and by which right. */
export const whomView = (ground: Ground, at: Through, errors: readonly FieldError[] = []): Page => {
  const { ask, recipients, duty } = ground
  const words = ask.w.share.share
  const box = (field: string) => ({ name: field, value: typed(ask.form, field), errorMessage: errorFor(errors, field) })
  const own = ['recipient', 'name', 'role', 'classes', 'handling', 'purpose', 'basis', 'condition']
  return frame(ask, at, { title: words.title, step: 1, errors }, own, [
    <p class="govuk-body">{words.intro}</p>,
    duty && (
      <div class="govuk-inset-text">
        {fill(ask.w.duty.duties.asked, {
          cite: duty.cite,
          title: duty.title,
          agency: recipients.get(duty.recipient_agency_id) ?? '',
        })}
      </div>
    ),
    <h2 class="govuk-heading-m">{words.whom}</h2>,
    <Select
      {...box('recipient')}
      label={words.recipient}
      items={[{ value: '', text: '' }, ...[...recipients].map(([value, text]) => ({ value, text }))]}
    />,
    <Input {...box('name')} label={words.name} autocomplete="off" />,
    <Input {...box('role')} label={words.role} hint={words.roleHint} autocomplete="off" />,
    <Checkboxes
      name="classes"
      values={ticked(ask.form, 'classes')}
      errorMessage={errorFor(errors, 'classes')}
      fieldset={large(words.classes)}
      hint={words.classesHint}
      items={choices(ground, 'class').filter(({ value }) => (tellableClasses as readonly string[]).includes(value))}
    />,
    <Radios
      {...box('handling')}
      fieldset={large(words.handling)}
      items={(['0', '1', '2'] as const).map((value) => ({ value, text: ask.w.subjects.handlings[value] }))}
    />,
    <h2 class="govuk-heading-m">{words.what}</h2>,
    ...(['purpose', 'basis', 'condition'] as const).map((list) => (
      <Select
        {...box(list)}
        label={words[list]}
        hint={list === 'condition' ? ask.w.subjects.purpose.conditionHint : undefined}
        items={[
          { value: '', text: list === 'condition' ? words.noCondition : '' },
          ...choices(ground, list).map(({ value, text }) => ({ value, text })),
        ]}
      />
    )),
    <Button name="step" value="answers">
      {words.ask}
    </Button>,
  ])
}

/** Second: what the agreement answers for each kind of detail, and the seven rules to think it through with. */
export const answersView = (asked: Asked): Page => {
  const { ask } = asked.ground
  const words = ask.w.share.share
  const rules = words.rules[asked.frame.age === 'adult' ? 'adult' : 'child']
  return frame(
    ask,
    asked.at,
    { title: words.answers.title, step: 2, errors: [] },
    [],
    [
      <Answers asked={asked} />,
      <h2 class="govuk-heading-m">{rules.title}</h2>,
      <ol class="govuk-list govuk-list--number govuk-list--spaced">
        {rules.list.map(([rule, prompt]) => (
          <li>
            <strong>{rule}.</strong> {prompt}
          </li>
        ))}
      </ol>,
      <div class="govuk-button-group">
        <Button name="step" value="share">
          {words.answers.share}
        </Button>
        <Button name="step" value="not" classes="govuk-button--secondary">
          {words.answers.not}
        </Button>
        <ChangeWhom ask={ask} />
      </div>,
    ],
  )
}

/** Third: the decision with its reasons. */
export const decisionView = (
  asked: Asked,
  which: 'share' | 'not',
  errors: readonly FieldError[] = [],
  seconds: readonly Second[] = [],
): Page => {
  const { ask } = asked.ground
  const words = ask.w.share.share[which === 'share' ? 'yes' : 'not']
  const adult = asked.frame.age === 'adult'
  const asksOutside = asked.answers.some(({ told }) => told.effect === 'deny')
  const own = [
    ...(which === 'share' ? shareFields : ['reason', 'why', 'second']),
    ...(which === 'share' && asksOutside ? ['outside'] : []),
    ...(which === 'share' && adult ? ['consent'] : []),
    ...(adult ? ['wishes'] : []),
  ]
  return frame(ask, asked.at, { title: words.title, step: 3, errors }, own, [
    <Answers asked={asked} />,
    adult && <Long ask={ask} errors={errors} name="wishes" />,
    which === 'share' ? (
      <ShareFields asked={asked} errors={errors} />
    ) : (
      <NotFields asked={asked} errors={errors} seconds={seconds} />
    ),
    <div class="govuk-button-group">
      <Button name="step" value={`keep ${which}`} preventDoubleClick>
        {words.button}
      </Button>
      <ChangeWhom ask={ask} />
    </div>,
  ])
}
const shareFields = ['why', 'method', 'told', 'not_told', 'expires-day', 'expires-month', 'expires-year']

/** After the button that goes on, which is the one that the Enter key presses. */
const ChangeWhom = ({ ask }: { ask: Ask }) => (
  <Button name="step" value="whom" classes="govuk-button--secondary">
    {ask.w.share.share.answers.change}
  </Button>
)

/** One form over all steps: what this one does not ask goes along unseen, so that nothing typed is lost either way. */
const frame = (
  ask: Ask,
  at: Through,
  { title, step, errors }: { title: string; step: number; errors: readonly FieldError[] },
  own: readonly string[],
  children: ComponentChildren[],
): Page =>
  page({
    title,
    status: errors.length ? 422 : 200,
    frame: 'staff',
    about: aboutPerson(at),
    body: (
      <>
        <BackLink href={ask.href(`/people/${at.subject.id}`)}>{ask.w.common.back}</BackLink>
        <Errors ask={ask} errors={errors} />
        <Title caption={fill(ask.w.share.share.steps, { step })}>{title}</Title>
        <Form ask={ask} once>
          {Object.entries(ask.form)
            .filter(([name]) => name !== 'step' && !own.includes(name))
            .flatMap(([name, value]) => [value].flat().map((one) => ({ name, one })))
            .map(({ name, one }) => (
              <textarea name={name} readOnly hidden>
                {`\n${one}`}
              </textarea>
            ))}
          {children}
        </Form>
      </>
    ),
  })

const Long = (props: { ask: Ask; errors: readonly FieldError[]; name: 'wishes' }) => (
  <Textarea
    name={props.name}
    label={props.ask.w.share.share.wishes}
    hint={props.ask.w.share.share.wishesHint}
    rows={4}
    value={typed(props.ask.form, props.name)}
    errorMessage={errorFor(props.errors, props.name)}
  />
)

const ShareFields = ({ asked, errors }: { asked: Asked; errors: readonly FieldError[] }) => {
  const { ask } = asked.ground
  const { yes: words, ...both } = ask.w.share.share
  const box = (field: string) => ({ name: field, value: typed(ask.form, field), errorMessage: errorFor(errors, field) })
  return (
    <>
      {asked.frame.age === 'adult' && (
        <Radios
          {...box('consent')}
          fieldset={large(both.consent)}
          items={consents.map((value) => ({ value, text: both.consents[value] }))}
        />
      )}
      <Textarea {...box('why')} label={words.why} rows={5} />
      <Radios
        {...box('method')}
        fieldset={large(words.method)}
        items={methods.map((value) => ({ value, text: words.methods[value] }))}
      />
      <Radios
        {...box('told')}
        fieldset={large(words.told)}
        items={[
          { value: 'yes', text: words.toldYes },
          { value: 'no', text: words.toldNo },
        ]}
      />
      <Textarea {...box('not_told')} label={words.notTold} hint={words.notToldHint} rows={3} />
      {asked.answers.some(({ told }) => told.effect === 'deny') && (
        <Textarea {...box('outside')} label={words.outside} hint={words.outsideHint} rows={3} />
      )}
      <DateBoxes
        ask={ask}
        name="expires"
        legend={words.expires}
        hint={words.expiresHint}
        form={ask.form}
        errors={errors}
      />
    </>
  )
}

const whoAnswers = ({ w }: Ask, seconds: readonly Second[]): string => {
  const { not: words } = w.share.share
  if (seconds.length === 0) return words.noManager
  if (seconds[0]!.role === 'manager') return words.second
  return fill(words.guardian, { names: seconds.map(({ name }) => name).join(', ') })
}

const NotFields = (props: { asked: Asked; errors: readonly FieldError[]; seconds: readonly Second[] }) => {
  const { asked, errors, seconds } = props
  const { ask } = asked.ground
  const { not: words } = ask.w.share.share
  return (
    <>
      <Radios
        name="reason"
        fieldset={large(words.reason)}
        value={typed(ask.form, 'reason')}
        errorMessage={errorFor(errors, 'reason')}
        items={reasonsFor(asked.frame.age).map((value) => ({
          value,
          text: words.reasons[value],
          hint: value === moreHarmful ? whoAnswers(ask, seconds) : undefined,
          conditional: value === moreHarmful && asked.frame.handling === 2 && seconds.length > 0 && (
            <Select
              name="second"
              label={words.named}
              hint={words.namedHint}
              value={typed(ask.form, 'second')}
              errorMessage={errorFor(errors, 'second')}
              items={[{ value: '', text: '' }, ...seconds.map(({ id, name }) => ({ value: id, text: name }))]}
            />
          ),
        }))}
      />
      <Textarea
        name="why"
        label={words.why}
        rows={5}
        value={typed(ask.form, 'why')}
        errorMessage={errorFor(errors, 'why')}
      />
    </>
  )
}
