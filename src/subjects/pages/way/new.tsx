import { z } from 'zod'
import { localDate } from '../../../platform/index.ts'
import {
  Button,
  Checkboxes,
  errorFor,
  fill,
  Form,
  Input,
  keptPage,
  Link,
  page,
  Radios,
  readForm,
  Textarea,
  ticked,
  Title,
  typed,
  type Ask,
  type FieldError,
  type Handler,
} from '../../../web/index.ts'
import { aboutPerson, type Through } from '../../gate.ts'
import { grounds, groundsOn, handings, holders, makeWay, openOn, ownWords, sections } from '../../own/way.ts'
import { day } from '../said.tsx'
import { formPage, mayWords } from '../voice/frame.tsx'
import { inCircle } from './ways.tsx'

const dayCounts = ['7', '30', '90'] as const

/** A code for the person; or for a parent or an advocate, with the lawful ground and the parts they may read. */
export const newWayPage: Handler = async (ask) => {
  const at = await inCircle(ask)
  return at.kind === 'answer' ? at.answer : view(ask, at)
}

export const sendNewWay: Handler = async (ask) => {
  const at = await inCircle(ask)
  if (at.kind === 'answer') return keptPage(ask, 409, ask.w.subjects.add.ended)
  const read = readForm(schemaOf(ask, at), ask.form)
  if (!read.ok) return view(ask, at, read.errors)
  const { code, expires_at } = await makeWay(ask.tx, ask.house.keys, at.worker, at.subject, read.value, at.now)
  return card(ask, at, code, expires_at)
}

const schemaOf = (ask: Ask, at: Through) => {
  const words = ask.w.own.way
  return z
    .strictObject({
      holder: z.enum(holders, words.holderMissing),
      handed: z.enum(handings, words.handedMissing),
      days: z.enum(dayCounts, words.daysMissing),
      name: mayWords(ask),
      ground: z.enum([...grounds, '']).default(''),
      why: mayWords(ask),
      sections: z.preprocess((value) => [value ?? []].flat(), z.array(z.enum(sections))),
    })
    .transform(({ holder, handed, days, name, ground, why, sections: chosen }, ctx) => {
      const said = { holder, handed, days: Number(days), other: null }
      if (holder === 'themself') return said
      const wrong = (field: string, message: string): void => ctx.addIssue({ code: 'custom', message, path: [field] })
      const lawful = groundsOn(at.subject.adult_from, at.today).find((one) => one === ground)
      if (!/\S/.test(name)) wrong('name', words.nameMissing)
      if (!lawful) wrong('ground', words.groundMissing)
      if (!/\S/.test(why)) wrong('why', words.whyMissing)
      if (chosen.length === 0) wrong('sections', words.sectionsMissing)
      if (chosen.some((one) => ownWords.includes(one)) && !openOn(lawful).includes('story'))
        wrong('sections', words.sectionsShut)
      return { ...said, other: lawful ? { name, ground: lawful, why, sections: chosen } : null }
    })
}

const view = (ask: Ask, at: Through, errors: readonly FieldError[] = []) => {
  const words = ask.w.own.way
  const asked = (
    name: 'holder' | 'handed' | 'days' | 'ground',
    legend: string,
    items: { value: string; text: string }[],
    hint?: string,
  ) => (
    <Radios
      name={name}
      fieldset={{ legend: { text: legend, classes: 'govuk-fieldset__legend--s' } }}
      hint={hint}
      value={typed(ask.form, name)}
      errorMessage={errorFor(errors, name)}
      items={items}
    />
  )
  const lawful = groundsOn(at.subject.adult_from, at.today)
  return formPage(ask, at, {
    title: words.make,
    back: `/people/${at.subject.id}/way`,
    errors,
    children: (
      <Form ask={ask}>
        {asked(
          'handed',
          words.handed,
          handings.map((value) => ({ value, text: words.handings[value] })),
          words.handedHint,
        )}
        {asked(
          'days',
          words.days,
          dayCounts.map((value) => ({ value, text: words.dayCounts[value] })),
        )}
        {asked(
          'holder',
          words.holder,
          holders.map((value) => ({ value, text: words.holders[value] })),
        )}
        <fieldset class="govuk-fieldset trellis-story__beside">
          <legend class="govuk-fieldset__legend govuk-fieldset__legend--m">{words.others}</legend>
          <p class="govuk-body">{words.eighteen}</p>
          <Input
            name="name"
            label={words.name}
            value={typed(ask.form, 'name')}
            errorMessage={errorFor(errors, 'name')}
          />
          {asked(
            'ground',
            words.ground,
            lawful.map((value) => ({ value, text: words.grounds[value] })),
          )}
          <Textarea
            name="why"
            label={words.why}
            rows={3}
            value={typed(ask.form, 'why')}
            errorMessage={errorFor(errors, 'why')}
          />
          <Checkboxes
            name="sections"
            idPrefix="sections"
            fieldset={{ legend: { text: words.sections, classes: 'govuk-fieldset__legend--s' } }}
            hint={words.sectionsHint}
            values={ticked(ask.form, 'sections')}
            errorMessage={errorFor(errors, 'sections')}
            items={sections.map((value) => ({ value, text: words.sectionNames[value] }))}
          />
        </fieldset>
        <Button preventDoubleClick>{words.button}</Button>
      </Form>
    ),
  })
}

/** The card, shown once: where to go, the code, until when. It names nobody and says not what it is for. */
const card = (ask: Ask, at: Through, code: string, expires_at: Date) => {
  const words = ask.w.own.way.card
  // A card in a hand says nothing of whose it is.
  ask.above = undefined
  return page({
    title: words.title,
    frame: 'staff',
    about: aboutPerson(at),
    body: (
      <>
        <div class="govuk-!-display-none-print">
          <Title>{words.title}</Title>
          <p class="govuk-body">{words.once}</p>
          <p class="govuk-body">{words.print}</p>
        </div>
        <dl class="trellis-own-card">
          <dt>{words.address}</dt>
          <dd>{`${ask.house.config.publicUrl.replace(/^https?:\/\//, '').replace(/\/$/, '')}/mine`}</dd>
          <dt>{words.code}</dt>
          <dd class="trellis-code" dir="ltr">
            {code}
          </dd>
        </dl>
        <p class="govuk-body">{fill(words.until, { day: day(localDate(expires_at, ask.place.zone)) })}</p>
        <p class="govuk-body">{words.keep}</p>
        <p class="govuk-body govuk-!-display-none-print">
          <Link href={ask.href(`/people/${at.subject.id}/way`)}>{words.back}</Link>
        </p>
      </>
    ),
  })
}
