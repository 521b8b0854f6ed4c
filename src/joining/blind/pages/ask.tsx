import fs from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { NotFound, projectRoot, type StaffViewer } from '../../../platform/index.ts'
import {
  Button,
  errorFor,
  Errors,
  FileUpload,
  fill,
  Form,
  InsetText,
  Link,
  page,
  readForm,
  Textarea,
  Title,
  typed,
  type Ask,
  type FieldError,
  type Handler,
  type Page,
} from '../../../web/index.ts'
import { askBlindly, leftToday } from '../ask.ts'
import { ownPermit, type Permit } from '../permit.ts'
import { readEncodings } from '../read-encodings.ts'
import { answersPage } from './answers.tsx'

export const blindPage: Handler = async (ask) => view(ask, await permitOf(ask), {})

export const sendBlind: Handler = async (ask) => {
  const permit = await permitOf(ask)
  const { wrong } = ask.w.blind
  const schema = z.strictObject({ why: z.string().trim().min(1, wrong.why).max(1000, wrong.whyLong) })
  const given = readForm(schema, ask.form)
  const upload = ask.uploads.find(({ field }) => field === 'file')
  const read = upload && !upload.tooBig ? readEncodings(upload.bytes.toString('utf8')) : undefined
  const file: FieldError[] = read ? [] : [{ field: 'file', text: upload ? wrong.unread : wrong.file }]
  if (!given.ok || !read) return view(ask, permit, ask.form, [...(given.ok ? [] : given.errors), ...file])
  const { house, tx } = ask
  const outcome = await askBlindly(
    tx,
    house.keys,
    ask.viewer as StaffViewer,
    permit.id,
    { ...read, why: given.value.why },
    house.now(),
  )
  if (outcome.kind === 'answered') return answersPage(ask, outcome.answers)
  if (outcome.kind === 'not ready') return view(ask, permit, ask.form, [{ field: 'file', text: wrong.notReady }])
  const text =
    outcome.kind === 'too many'
      ? fill(wrong.tooMany, { left: outcome.left, many: read.rows.length })
      : outcome.kind === 'no secret'
        ? wrong.noSecret
        : wrong.otherSecret
  return view(ask, permit, ask.form, [{ field: 'file', text }])
}

/** The program, as it was built with the server: both read names alike. */
export const programFile: Handler = async (ask) => {
  await permitOf(ask)
  const built = path.join(projectRoot, 'dist', 'trellis-encode.mjs')
  if (!fs.existsSync(built)) throw new NotFound()
  return { kind: 'download', type: 'text/javascript', name: 'trellis-encode.mjs', bytes: fs.readFileSync(built) }
}

export const permitOf = (ask: Ask): Promise<Permit> => {
  if (ask.viewer.kind !== 'staff') throw new NotFound()
  return ownPermit(ask.tx, ask.viewer, ask.house.now())
}

const view = async (ask: Ask, permit: Permit, form: Ask['form'], errors: readonly FieldError[] = []): Promise<Page> => {
  const words = ask.w.blind
  const viewer = ask.viewer as StaffViewer
  const left = await leftToday(ask.tx, viewer, ask.house.now())
  const [secret, program, run, send] = words.steps
  return page({
    title: words.title,
    status: errors.length ? 422 : 200,
    body: (
      <>
        <Errors ask={ask} errors={errors} />
        <Title>{words.title}</Title>
        <p class="govuk-body">{words.intro}</p>
        <p class="govuk-body">{fill(words.under, { agreement: permit.agreement })}</p>
        <h2 class="govuk-heading-m">{words.limitsTitle}</h2>
        <ul class="govuk-list govuk-list--bullet">
          {words.limits.map((limit) => (
            <li>{limit}</li>
          ))}
        </ul>
        <h2 class="govuk-heading-m">{words.stepsTitle}</h2>
        <ol class="govuk-list govuk-list--number">
          <li>
            {secret}{' '}
            {viewer.roles.includes('manager') && <Link href={ask.href('/blind/secret')}>{words.secretLink}</Link>}
          </li>
          <li>
            {program} <Link href={ask.href('/blind/program.js')}>{words.program}</Link>
          </li>
          <li>
            {run}
            <br />
            <code class="trellis-code">{words.command}</code>
          </li>
          <li>{send}</li>
        </ol>
        <InsetText>{permit.checksum ? fill(words.checksum, { checksum: permit.checksum }) : words.noSecret}</InsetText>
        <Form ask={ask} upload>
          <Textarea
            name="why"
            label={words.why}
            hint={words.whyHint}
            rows={3}
            value={typed(form, 'why')}
            errorMessage={errorFor(errors, 'why')}
          />
          <FileUpload
            name="file"
            label={words.file}
            hint={fill(words.fileHint, { left })}
            errorMessage={errorFor(errors, 'file')}
            attributes={{ accept: '.json' }}
          />
          <Button preventDoubleClick>{words.send}</Button>
        </Form>
      </>
    ),
  })
}
