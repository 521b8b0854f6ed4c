import { z } from 'zod'
import {
  withinBudget,
  addDraftFile,
  draftFiles,
  dropDraftFile,
  FileUpload,
  fill,
  redirect,
  startDraft,
  type Ask,
  type Draft,
  type FieldError,
} from '../../../web/index.ts'
import { acceptedFiles, prepareFile } from '../../attachment.ts'
import type { Answers } from './answers.ts'
import { asHeading, goOn, step } from './step.tsx'

export const most_files = 5

/** Photos, sound and documents. A file that cannot be taken is named and explained; the report goes on without it. */
export const files = step({
  name: 'files',
  title: ({ said }) => said.files.title,
  schema: () => z.strictObject({}),
  shown: () => ({}),
  keep: () => ({}),
  upload: true,
  pressed: async (at, form) => {
    const { remove, add, ...rest } = form
    if (typeof remove === 'string' && at.draft) {
      await dropDraftFile(at.ask, at.draft, remove)
      return redirect('/report/files')
    }
    if (at.ask.uploads.length === 0 && add === undefined) return undefined
    const draft = at.draft ?? (await startDraft(at.ask, 'report', at.answers))
    const kept = { ...at, draft }
    const errors = draft ? await take(at.ask, draft) : []
    if (errors.length) return { kind: 'form', form: rest, errors, draft }
    return add === undefined ? goOn(kept, 'files', {}) : redirect('/report/files')
  },
  view: async ({ at, errors }) => {
    const { ask, draft, said } = at
    const w = said.files
    const here = draft ? await draftFiles(ask, draft) : []
    return (
      <>
        {here.length > 0 && (
          <div class="govuk-inset-text" id="kept">
            <p class="govuk-body">{w.here}</p>
            <ul class="govuk-list">
              {here.map(({ id, name, bytes }) => (
                <li class="trellis-files__file">
                  <bdi class="trellis-words">{name}</bdi> ({sizeOf(bytes, ask)}){' '}
                  <button class="trellis-report__delete-button" name="remove" value={id}>
                    {ask.w.common.remove}
                    <span class="govuk-visually-hidden"> {name}</span>
                  </button>
                </li>
              ))}
            </ul>
          </div>
        )}
        {here.length < most_files && (
          <FileUpload
            name="files"
            label={asHeading(w.title)}
            hint={fill(w.hint, { most: most_files - here.length })}
            errorMessage={
              errors.length > 0 && errors.map(({ text }) => <span class="trellis-report__wrong">{text}</span>)
            }
            multiple
            attributes={{ accept: acceptedFiles }}
          />
        )}
        {here.length >= most_files && <h1 class="govuk-heading-l">{w.title}</h1>}
        <p class="govuk-hint">{w.kept}</p>
        {here.length < most_files && (
          <>
            <button class="govuk-button govuk-button--secondary" name="add" value="file">
              {w.add}
            </button>
            <br />
          </>
        )}
      </>
    )
  },
})

/** Takes the files that came: the good ones are kept whatever is wrong with the others. */
const take = async (ask: Ask, draft: Draft<Answers>): Promise<FieldError[]> => {
  const { wrong } = ask.w.report
  const here = (await draftFiles(ask, draft)).length
  const said: string[] = ask.uploads.length === 0 ? [wrong.noFile] : []
  let free = most_files - here
  for (const upload of ask.uploads) {
    if (free <= 0) {
      said.push(fill(wrong.file.tooMany, { name: upload.name, most: most_files }))
      continue
    }
    if (ask.viewer.kind !== 'staff' && !withinBudget(ask.house, 'files', ask.house.config.reportsAMinute * 2)) {
      said.push(fill(wrong.file.busy, { name: upload.name }))
      continue
    }
    const outcome = await prepareFile(upload)
    if (typeof outcome === 'string') said.push(fill(wrong.file[outcome], { name: upload.name }))
    else {
      await addDraftFile(ask, draft, outcome)
      free--
    }
  }
  return said.map((text) => ({ field: 'files', text }))
}

export const sizeOf = (bytes: number, { lang }: Pick<Ask, 'lang'>): string =>
  bytes < 1_000_000
    ? `${Math.max(1, Math.round(bytes / 1000)).toLocaleString(lang.code)} KB`
    : `${(bytes / 1_000_000).toLocaleString(lang.code, { maximumFractionDigits: 1 })} MB`
