import { z } from 'zod'
import { aboutPerson, Chronology, enter, homeOf, Pinned, restrictedIn, type Through } from '../../subjects/index.ts'
import {
  BackLink,
  Button,
  Errors,
  errorFor,
  fill,
  Form,
  Input,
  keptPage,
  Link,
  page,
  Pagination,
  readForm,
  Title,
  typed,
  type Ask,
  type FieldError,
  type Handler,
} from '../../web/index.ts'
import { askedIn, readChronology, type Asked, type Chronicle } from '../chronology/chronology.ts'
import { Narrow, narrowedTo } from './person/narrow.tsx'

const most = 200

/** What has happened in a person's life as every room knows it, as far as this viewer may see. */
export const chronologyPage: Handler = async (ask) => {
  const at = await enter(ask, ask.params['id']!)
  if (at.kind === 'answer') return at.answer
  const asked = askedIn(ask)
  return view(ask, at, asked, await readChronology(ask, at, asked))
}

/** Looks for words: sent, so that they stand in no address, no log and no history of a browser. */
export const sendChronology: Handler = async (ask) => {
  const at = await enter(ask, ask.params['id']!)
  if (at.kind === 'answer') return keptPage(ask, 409, ask.w.subjects.add.ended)
  const words = ask.w.support.chronology
  const asked = askedIn(ask)
  const schema = z.strictObject({
    words: z.string(words.wordsMissing).trim().min(1, words.wordsMissing).max(most, fill(words.long, { most })),
  })
  const read = readForm(schema, ask.form)
  if (!read.ok) return view(ask, at, asked, await readChronology(ask, at, asked), read.errors)
  return view(ask, at, asked, await readChronology(ask, at, asked, read.value.words))
}

const view = (ask: Ask, at: Through, asked: Asked, told: Chronicle, errors: readonly FieldError[] = []) => {
  const words = ask.w.support.chronology
  const base = `${homeOf(at.subject)}/chronology`
  const about = aboutPerson(at)
  const restricted = restrictedIn([...told.entries, ...told.pinned], at.worker, at.ties)
  const kept = narrowedTo(ask)
  const isNone = told.entries.length + told.lines.length === 0
  return page({
    title: words.title,
    status: errors.length ? 422 : 200,
    wide: true,
    frame: 'staff',
    about: { ...about, detail: { ...about.detail, ...(restricted && { restricted }) } },
    body: (
      <>
        <BackLink href={ask.href(homeOf(at.subject))}>{ask.w.common.back}</BackLink>
        <Errors ask={ask} errors={errors} />
        <Title>{words.title}</Title>
        <div class="trellis-screen-only">
          <Narrow ask={ask} sources={told.sources} />
          <Form ask={ask} action={`${base}${kept && `?${kept}`}`} class="trellis-find-words">
            <Input
              name="words"
              label={words.words}
              hint={words.wordsHint}
              value={typed(ask.form, 'words')}
              errorMessage={errorFor(errors, 'words')}
              autocomplete="off"
            />
            <Button classes="govuk-button--secondary">{words.find}</Button>
          </Form>
          <p class="govuk-body">
            <Link href={ask.href(`/people/${at.subject.id}/add`)}>{ask.w.subjects.person.add}</Link>
            {' · '}
            <Link href={ask.href(`${base}?${new URLSearchParams([...new URLSearchParams(kept), ['all', '']])}`)}>
              {words.paper}
            </Link>
          </p>
        </div>
        <p class="trellis-paper-only govuk-body">
          {fill(words.printed, { name: at.worker.name, reference: at.subject.reference })}
        </p>
        {asked.page === 1 && told.found === undefined && <Pinned ask={ask} at={at} entries={told.pinned} />}
        <p class="govuk-body" role="status">
          {told.found !== undefined ? fill(words.found, { count: told.found }) : isNone && ask.w.subjects.person.empty}
        </p>
        <Chronology ask={ask} at={at} {...told} />
        {told.found === undefined && <Pages ask={ask} asked={asked} hasMore={told.hasMore} kept={kept} base={base} />}
      </>
    ),
  })
}

const Pages = (props: { ask: Ask; asked: Asked; hasMore: boolean; kept: string; base: string }) => {
  const { ask, asked, hasMore, kept, base } = props
  const words = ask.w.support.chronology
  const to = (page: number): string =>
    ask.href(`${base}?${new URLSearchParams([...new URLSearchParams(kept), ['page', String(page)]])}`)
  if (asked.page === 1 && !hasMore) return null
  return (
    <div class="trellis-screen-only">
      <Pagination
        landmarkLabel={words.pages}
        previous={asked.page > 1 ? { href: to(asked.page - 1), text: words.later } : undefined}
        next={hasMore ? { href: to(asked.page + 1), text: words.earlier } : undefined}
      />
    </div>
  )
}
