import {
  BackLink,
  Button,
  errorFor,
  Errors,
  FileUpload,
  Form,
  Link,
  page,
  redirect,
  Title,
  type Ask,
  type FieldError,
  type Handler,
} from '../../../web/index.ts'
import { beginReading, readingsOf } from '../begun.ts'
import { fewer } from '../place.ts'
import { readFile } from '../read-file.ts'

/** A file to read in, and those that wait to be confirmed. */
export const sendPage: Handler = (ask) => view(ask)

export const sendFile: Handler = async (ask) => {
  const words = ask.w.learningReading
  const wrong = (text: string) => view(ask, [{ field: 'file', text }])
  const [upload] = ask.uploads
  if (!upload) return wrong(words.fileErrors.none)
  if (upload.tooBig) return wrong(words.refusals['too big'])
  const answer = await readFile(upload.bytes, upload.name)
  if ('refusal' in answer) return wrong(words.refusals[answer.refusal])
  const reading = { ...answer.reading, left: fewer(answer.reading.left) }
  const id = await beginReading(ask, { name: upload.name, reading })
  return redirect(ask.href(`/learning/reports/read/${id}`))
}

const view = async (ask: Ask, errors: readonly FieldError[] = []) => {
  const words = ask.w.learningReading
  const waiting = await readingsOf(ask)
  return page({
    title: words.title,
    status: errors.length ? 422 : 200,
    frame: 'staff',
    body: (
      <>
        <BackLink href={ask.href('/learning/reports')}>{words.back}</BackLink>
        <Errors ask={ask} errors={errors} />
        <Title>{words.title}</Title>
        <p class="govuk-body">{words.lead}</p>
        <Form ask={ask} upload>
          <FileUpload
            name="file"
            label={words.file}
            hint={words.fileHint}
            errorMessage={errorFor(errors, 'file')}
            attributes={{ accept: '.docx,.pdf,.html,.htm,.txt,.md' }}
          />
          <Button preventDoubleClick>{words.read}</Button>
        </Form>
        {waiting.length > 0 && (
          <>
            <h2 class="govuk-heading-m">{words.waiting}</h2>
            <ul class="govuk-list govuk-list--spaced">
              {waiting.map(({ id, answers }) => (
                <li>
                  <Link href={ask.href(`/learning/reports/read/${id}`)}>{answers.reading.title}</Link> ({answers.name})
                </li>
              ))}
            </ul>
          </>
        )}
      </>
    ),
  })
}
