import type { ComponentChildren } from 'preact'
import { z } from 'zod'
import { isId, NotFound } from '../../../platform/index.ts'
import {
  withinBudget,
  BackLink,
  Button,
  errorFor,
  Errors,
  fill,
  FileUpload,
  Form,
  page,
  readForm,
  redirect,
  Textarea,
  typed,
  type Answer,
  type Ask,
  type FieldError,
  type Handler,
  type Page,
} from '../../../web/index.ts'
import { acceptedFiles, prepareFile } from '../../attachment.ts'
import type { Prepared } from '../../concern.ts'
import { standingOf } from '../../reporter-queries.ts'
import { addMore, answer, notHeard } from '../../say-more.ts'
import { most_files } from '../report/files.tsx'
import { words } from '../report/fields.ts'
import { callerOf, isCaller, type Caller } from './enter.tsx'
import { ownOrNotFound } from './open.tsx'

type Kind = 'answer' | 'more' | 'notHeard'

/** The three things one may say afterwards share a page: what it is about, a box for words, perhaps files, and a button. */
const saying = (
  kind: Kind,
  say: (ask: Ask, caller: Caller, words: string, files: readonly Prepared[]) => Promise<unknown>,
): { get: Handler; post: Handler } => ({
  get: async (ask) => {
    const caller = await callerOf(ask)
    if (!isCaller(caller)) return caller
    await ownOrNotFound(ask, caller)
    return show(ask, caller, kind, {})
  },
  post: async (ask): Promise<Answer> => {
    const caller = await callerOf(ask)
    if (!isCaller(caller)) return caller
    await ownOrNotFound(ask, caller)
    const w = ask.w.receipt[kind]
    const read = readForm(z.strictObject({ words: words(ask) }), ask.form)
    if (!read.ok) return show(ask, caller, kind, ask.form, read.errors)
    const { files, errors } = await readFiles(ask)
    if (errors.length) return show(ask, caller, kind, ask.form, errors)
    if (!/\S/.test(read.value.words) && files.length === 0)
      return show(ask, caller, kind, ask.form, [{ field: 'words', text: w.empty }])
    await say(ask, caller, read.value.words, files)
    return redirect(caller.base === '/receipt' ? '/receipt/open' : caller.base, caller.cookies)
  },
})

export const answering = saying('answer', (ask, { viewer, concern }, said) =>
  answer(ask.tx, ask.house.keys, viewer, {
    concern,
    question: ask.params['message'] ?? '',
    words: said,
    at: ask.house.now(),
  }),
)
export const adding = saying('more', (ask, { viewer, concern }, said, files) =>
  addMore(ask.tx, ask.house.keys, viewer, { concern, words: said, files, at: ask.house.now() }),
)
export const notHeardAtAll = saying('notHeard', (ask, { viewer, concern }, said) =>
  notHeard(ask.tx, ask.house.keys, viewer, { concern, words: said, at: ask.house.now() }),
)

/** One file that cannot be taken holds back the others, because there is no draft here to keep them in. */
const readFiles = async (ask: Ask): Promise<{ files: Prepared[]; errors: FieldError[] }> => {
  const { wrong } = ask.w.report
  const files: Prepared[] = []
  const errors: FieldError[] = []
  const say = (text: string, name: string) =>
    errors.push({ field: 'files', text: fill(text, { name, most: most_files }) })
  for (const [i, upload] of ask.uploads.entries()) {
    if (i >= most_files) say(wrong.file.tooMany, upload.name)
    else if (ask.viewer.kind !== 'staff' && !withinBudget(ask.house, 'files', ask.house.config.reportsAMinute * 2))
      say(wrong.file.busy, upload.name)
    else {
      const outcome = await prepareFile(upload)
      if (typeof outcome === 'string') say(wrong.file[outcome], upload.name)
      else files.push(outcome)
    }
  }
  return { files, errors }
}

const show = async (
  ask: Ask,
  caller: Caller,
  kind: Kind,
  form: Ask['form'],
  errors: readonly FieldError[] = [],
): Promise<Page> => {
  const { viewer, concern, base, cookies } = caller
  const w = ask.w.receipt[kind]
  const standing = await standingOf(ask.tx, ask.house.keys, viewer, concern, ask.house.now())
  const question = standing?.messages.find(({ id }) => id === ask.params['message'])
  if (!standing || (kind === 'answer' && (!isId(ask.params['message'] ?? '') || question?.kind !== 'question')))
    throw new NotFound()
  const above: ComponentChildren = question && (
    <div class="govuk-inset-text trellis-words" dir="auto">
      {question.words}
    </div>
  )
  return page({
    title: w.title,
    status: errors.length ? 422 : 200,
    frame: viewer.kind === 'staff' ? 'staff' : 'journey',
    script: 'report',
    cookies,
    body: (
      <div class="trellis-report">
        <BackLink href={ask.href(base === '/receipt' ? '/receipt/open' : base)}>{ask.w.common.back}</BackLink>
        <Errors ask={ask} errors={errors} />
        <h1 class="govuk-heading-l">{w.title}</h1>
        {above}
        {kind === 'notHeard' && (
          <p class="govuk-body">{ask.w.receipt.notHeard.steps[Math.min(2, standing.stepsTaken)]}</p>
        )}
        <Form ask={ask} upload={kind === 'more'}>
          <Textarea
            name="words"
            label={w.label}
            hint={w.hint}
            errorMessage={errorFor(errors, 'words')}
            value={typed(form, 'words')}
            rows={6}
            attributes={{ dir: 'auto' }}
          />
          {kind === 'more' && (
            <FileUpload
              name="files"
              label={ask.w.receipt.more.files}
              hint={fill(ask.w.receipt.more.filesHint, { most: most_files })}
              errorMessage={
                errors.some(({ field }) => field === 'files') &&
                errors
                  .filter(({ field }) => field === 'files')
                  .map(({ text }) => <span class="trellis-report__wrong">{text}</span>)
              }
              multiple
              attributes={{ accept: acceptedFiles }}
            />
          )}
          <Button preventDoubleClick>{w.send}</Button>
        </Form>
      </div>
    ),
  })
}
