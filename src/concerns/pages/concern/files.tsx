import { z } from 'zod'
import { isId, NotFound } from '../../../platform/index.ts'
import {
  BackLink,
  Button,
  errorFor,
  Errors,
  Form,
  page,
  readForm,
  Textarea,
  Title,
  typed,
  type Answer,
  type Ask,
  type FieldError,
  type Handler,
} from '../../../web/index.ts'
import { readFile } from '../../attachment-store.ts'
import { concernFor, frontDoor } from '../../front-door.ts'
import { openOriginal } from '../../open-contact.ts'
import { keysOfRows, opened } from '../../sealed.ts'
import { written } from './act.tsx'

/** The copy of a file that is safe to show, without what its metadata says. */
export const fileCopy: Handler = async (ask) => {
  const { concern, file } = await attachmentFor(ask)
  if (!file.copy_type) throw new NotFound()
  const { type, bytes } = await readFile(ask.tx, ask.house.keys, ask.viewer.partnership, file.id, 'copy')
  return { kind: 'download', type, bytes, about: { kind: 'concern', id: concern.id } }
}

/** The file as it came: for a reason, which is kept. */
export const original: Handler = async (ask) => form(ask, [])

export const originalOpened: Handler = async (ask) => {
  const read = readForm(z.strictObject({ why: written(ask.w.duty, ask.w.duty.errors.why) }), ask.form)
  if (!read.ok) return form(ask, read.errors)
  const { concern, file } = await attachmentFor(ask)
  await openOriginal(ask.tx, ask.house.keys, ask.viewer, concern.id, {
    attachment: file.id,
    why: read.value.why,
    at: ask.house.now(),
  })
  const { name, bytes } = await readFile(ask.tx, ask.house.keys, ask.viewer.partnership, file.id, 'original')
  // Never under its own type: a browser saves it and opens nothing by itself.
  return { kind: 'download', type: 'application/octet-stream', bytes, name: name || file.id }
}

const attachmentFor = async (ask: Ask) => {
  const concern = await concernFor(ask.tx, frontDoor(ask.viewer), ask.params['id']!)
  const id = ask.params['file']!
  const file = isId(id)
    ? await ask.tx
        .selectFrom('attachment')
        .select(['id', 'name', 'copy_type', 'key_id'])
        .where('partnership_id', '=', ask.viewer.partnership)
        .where('concern_id', '=', concern.id)
        .where('id', '=', id)
        .executeTakeFirst()
    : undefined
  if (!file) throw new NotFound()
  const open = await keysOfRows(ask.tx, ask.house.keys, ask.viewer.partnership, [concern])
  return { concern, file: opened(open, 'attachment', file) }
}

const form = async (ask: Ask, errors: FieldError[]): Promise<Answer> => {
  const { concern, file } = await attachmentFor(ask)
  const words = ask.w.duty.originalForm
  return page({
    title: words.title,
    status: errors.length ? 422 : 200,
    frame: 'staff',
    body: (
      <>
        <BackLink href={ask.href(`/concerns/${concern.id}`)}>{ask.w.common.back}</BackLink>
        <Errors ask={ask} errors={errors} />
        <Title caption={concern.reference}>{words.title}</Title>
        <p class="govuk-body trellis-words">{file.name}</p>
        <p class="govuk-body">{words.text}</p>
        <Form ask={ask}>
          <Textarea
            name="why"
            rows={3}
            label={words.why}
            value={typed(ask.form, 'why')}
            errorMessage={errorFor(errors, 'why')}
          />
          <Button>{words.button}</Button>
        </Form>
      </>
    ),
  })
}
