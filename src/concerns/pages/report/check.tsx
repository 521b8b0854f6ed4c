import { guidanceFor, signsOf } from '../../../guidance/index.ts'
import { BadRequest } from '../../../platform/index.ts'
import {
  withinBudget,
  Button,
  draftFiles,
  Form,
  redirect,
  SummaryList,
  type Answer,
  type FieldError,
  type Handler,
  type SummaryRow,
} from '../../../web/index.ts'
import { pointInWords } from '../point.ts'
import { before, stepsOf, type StepName } from './answers.ts'
import { send } from './send.ts'
import { enter, Heading, Hidden, questionPage, type Journey } from './step.tsx'
import { EnglishWords } from './signs.tsx'
import { settingName } from './setting.tsx'

/** Everything that was answered, to be looked over and changed before it is sent. */
export const check: Handler = async (ask) => {
  const at = await enter(ask)
  if (!at) return redirect('/report/sent')
  if (!at.draft) return redirect('/report')
  return show(at)
}

export const sendIt: Handler = async (ask): Promise<Answer> => {
  const { draft: id, ...more } = ask.form
  if (Object.keys(more).length || (id !== undefined && typeof id !== 'string'))
    throw new BadRequest('nothing else was asked for')
  const at = await enter(ask, true)
  // The second press of a button, or a reload: it has gone already.
  if (!at) return redirect('/report/sent')
  if (!at.draft) return redirect('/report/carry-on')
  if (!at.answers.worry) return show(at, [{ field: 'worry', text: ask.w.report.wrong.worry }])
  if (ask.viewer.kind !== 'staff' && !withinBudget(ask.house, 'reports', ask.house.config.reportsAMinute))
    return redirect('/report/wait')
  return send(ask, at.draft)
}

const show = async (at: Journey, errors: readonly FieldError[] = []) => {
  const { ask } = at
  const w = ask.w.report.check
  return questionPage(
    at,
    w.title,
    errors,
    before(at.answers, 'check'),
    <>
      <Heading>{w.title}</Heading>
      <SummaryList rows={await rowsOf(at)} />
      <p class="govuk-body">{w.before}</p>
      <Form ask={ask}>
        <Hidden at={at} />
        <Button preventDoubleClick>{w.send}</Button>
      </Form>
    </>,
  )
}

/** One row for each page that was asked, whatever was left empty included: that is what there is to check. */
const rowsOf = async (at: Journey): Promise<SummaryRow[]> => {
  const values = await valuesOf(at)
  const { check, nothing } = at.ask.w.report
  return stepsOf(at.answers).map((name) => {
    const lines = values[name].filter((line) => line !== undefined && line !== null && line !== '')
    return {
      key: check.rows[name],
      value: lines.length ? (
        lines.map((line) => (
          <div class="trellis-words trellis-report__said" dir="auto">
            {line}
          </div>
        ))
      ) : (
        <span class="govuk-hint">{nothing}</span>
      ),
      actions: [
        {
          href: at.ask.href(`/report/${name}`),
          text: at.ask.w.common.change,
          visuallyHiddenText: check.rows[name].toLocaleLowerCase(at.ask.lang.code),
          attributes: { id: name },
        },
      ],
    }
  })
}

type Lines = (string | null | undefined | preact.JSX.Element | false)[]

const valuesOf = async ({ ask, answers, draft, said }: Journey): Promise<Record<StepName, Lines>> => {
  const { w } = ask
  const guidance = await guidanceFor(ask)
  const yes = { yes: w.common.yes, no: w.common.no, 'not sure': w.common.notSure }
  const setting = guidance.settings.find(({ code }) => code === answers.setting)
  const listed = answers.setting ? signsOf(guidance, answers.setting) : []
  const { reporter } = answers
  return {
    danger: [answers.danger_now ? w.common.yes : w.common.no],
    worry: [answers.worry],
    about: [
      answers.about &&
        (answers.about === 'unknown' || answers.about === 'self'
          ? w.common.notSure
          : w.report.abouts[answers.about].text),
    ],
    people: (answers.people ?? []).map((person) =>
      [
        answers.about !== 'one' && answers.channel !== 'self' && said.people.parts[person.part],
        person.name,
        person.nickname,
        person.age_group && said.people.ageGroups[person.age_group],
        person.age_said,
        dateIn(ask, person.born_on),
        person.nhs_number,
        person.address,
        person.postcode,
        person.phone,
        person.school_or_work,
        person.first_language,
        person.needs,
        person.sex && w.report.identity.sexes[person.sex],
        person.gender,
        person.ethnicity,
        person.other_reference,
        person.description,
      ]
        .filter(Boolean)
        .join('\n'),
    ),
    wishes: [
      answers.person_wants,
      answers.person_knows && `${said.wishes.knows} ${yes[answers.person_knows]}`,
      answers.person_knows_why,
      answers.consent && said.wishes.consents[answers.consent],
      answers.consent_why,
    ],
    where: [
      answers.place,
      answers.postcode,
      answers.latitude != null && answers.longitude != null && pointInWords(ask, answers.latitude, answers.longitude),
    ],
    when: [
      answers.happened,
      dateIn(ask, answers.happened_on),
      answers.still_happening && `${said.when.still} ${yes[answers.still_happening]}`,
    ],
    setting: [setting && settingName(ask, setting.code, setting.name)],
    signs: (answers.signs ?? []).map((code) => {
      const sign = listed.find((one) => one.code === code)
      return sign && <EnglishWords ask={ask}>{sign.text}</EnglishWords>
    }),
    details: (answers.details ?? []).map(({ kind, said: words, note }) => (
      <>
        {`${said.details.kinds[kind]}: `}
        <bdi>{words}</bdi>
        {note && (
          <>
            {' – '}
            <bdi>{note}</bdi>
          </>
        )}
      </>
    )),
    files: draft ? (await draftFiles(ask, draft)).map(({ name }) => <bdi>{name}</bdi>) : [],
    contact: [
      reporter && (reporter.may_contact ? said.contact.yes : said.contact.no),
      reporter?.contact_by && said.contact.ways[reporter.contact_by],
      reporter?.contact_value,
      reporter?.safe_times,
      reporter?.safe_note,
      reporter?.name,
      reporter?.relationship,
      answers.wants_news && said.contact.newsYes,
    ],
    you: [
      reporter?.job_title,
      answers.agency_reference,
      reporter?.relationship,
      reporter?.contact_by && said.contact.ways[reporter.contact_by],
      reporter?.contact_value,
      reporter?.safe_times,
      reporter?.safe_note,
      answers.wants_news && said.contact.newsYes,
    ],
  }
}

const dateIn = ({ lang }: Journey['ask'], date: string | null | undefined): string | undefined =>
  date
    ? new Intl.DateTimeFormat(lang.code === 'en' ? 'en-GB' : lang.code, { dateStyle: 'long', timeZone: 'UTC' }).format(
        new Date(date),
      )
    : undefined
