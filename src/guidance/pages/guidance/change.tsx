import { BadRequest, NotFound } from '../../../platform/index.ts'
import { contactPoints } from '../../../partnership/index.ts'
import { Button, Errors, fill, Form, page, redirect, Title, typed as typedIn } from '../../../web/index.ts'
import type { Answer, Ask, FieldError } from '../../../web/index.ts'
import { new_sign_fields } from '../../fields.ts'
import { EditFields } from '../../parts/edit-fields.tsx'
import { day } from '../../parts/day.ts'
import { publicAddress } from '../../parts/piece-view.tsx'
import { administrator, openPiece, optionsFrom, type OpenPiece } from '../../piece.ts'
import { guidanceFor } from '../../published.ts'
import { discardDraft, newSignCode, saveDraft } from '../../publish.ts'
import { namesIn, printable, typedFrom, wordsFrom, type Typed } from '../../typed.ts'
import { localDate } from '../../../platform/index.ts'

/** GET /guidance/sign/HO01: the form, with one's own draft in it when there is one. */
export const change = async (ask: Ask): Promise<Answer> => {
  const piece = await openPiece(ask)
  const own = piece.drafts.find(({ saved_by }) => saved_by === piece.viewer.staff)
  if (!own && piece.versions.length === 0) throw new NotFound()
  const typed = own?.typed ?? typedFrom(piece.fields, piece.versions[0]!)
  return show(ask, piece, typed, own?.based_on ?? piece.versions[0]!.version, [])
}

/** POST: keeps it as a draft, and goes on to the preview unless asked only to keep it. */
export const changed = async (ask: Ask): Promise<Answer> => {
  const piece = await openPiece(ask)
  const { next, basedOn, typed } = read(ask.form, (form) => namesIn(piece.fields, form))
  const back = `/guidance/${piece.which.kind}/${piece.which.code}`
  if (next === 'discard') {
    await discardDraft(ask.tx, piece.viewer, piece.which)
    return redirect(`/guidance?said=discarded`)
  }
  const { errors } = wordsFrom(piece.fields, { typed, options: piece.options, w: ask.w.guidance.edit })
  if (errors.length > 0 && next !== 'keep') return show(ask, piece, typed, basedOn, errors)
  await saveDraft(ask.tx, piece.viewer, piece.which, Math.min(basedOn, piece.versions[0]?.version ?? 0), typed)
  return redirect(next === 'keep' ? '/guidance?said=kept' : `${back}/preview`)
}

/** GET /guidance/sign/new */
export const newSign = async (ask: Ask): Promise<Answer> =>
  showNew(ask, { setting: ask.query['setting'] ?? '', source: '' }, [])

/** POST: the sign gets its number and waits as a draft. */
export const addSign = async (ask: Ask): Promise<Answer> => {
  const viewer = administrator(ask)
  const { typed } = read(ask.form, () => namesIn(new_sign_fields, {}))
  const { options } = await offered(ask)
  const { errors } = wordsFrom(new_sign_fields, { typed, options, w: ask.w.guidance.edit })
  if (errors.length > 0) return showNew(ask, typed, errors)
  const code = newSignCode(typedIn(typed, 'setting'))
  await saveDraft(ask.tx, viewer, { kind: 'sign', code }, 0, typed)
  return redirect(`/guidance/sign/${code}/preview`)
}

const read = (form: Ask['form'], names: (typed: Typed) => string[]) => {
  const { next, 'based-on': basedOn, ...rest } = printable(form)
  const allowed = new Set(names(rest))
  if (Object.keys(rest).some((name) => !allowed.has(name)))
    throw new BadRequest('This form held something that was not asked for.')
  return { next: [next].flat()[0], basedOn: Math.max(0, Math.trunc(Number([basedOn].flat()[0]) || 0)), typed: rest }
}

const offered = async (ask: Ask) => {
  const guidance = await guidanceFor(ask)
  const points = await contactPoints(ask.tx, ask.place.id)
  return { guidance, options: optionsFrom(guidance, points, ask.w.guidance.edit) }
}

const showNew = async (ask: Ask, typed: Typed, errors: FieldError[]): Promise<Answer> => {
  const w = ask.w.guidance.edit
  const { options } = await offered(ask)
  return page({
    title: w.newSign,
    status: errors.length > 0 ? 422 : 200,
    body: (
      <>
        <Errors ask={ask} errors={errors} />
        <Title>{w.newSign}</Title>
        <p class="govuk-body">{w.newSignLead}</p>
        <Form ask={ask}>
          <EditFields fields={new_sign_fields} {...{ typed, errors, options, w }} />
          <Button>{w.preview}</Button>
        </Form>
      </>
    ),
  })
}

const show = (ask: Ask, piece: OpenPiece, typed: Typed, basedOn: number, errors: FieldError[]): Answer => {
  const w = ask.w.guidance.edit
  const { fields, options } = piece
  const own = piece.drafts.some(({ saved_by }) => saved_by === piece.viewer.staff)
  return page({
    title: fill(w.editTitle, { name: piece.name }),
    status: errors.length > 0 ? 422 : 200,
    body: (
      <>
        <Errors ask={ask} errors={errors} />
        <Title caption={`${w.kind[piece.which.kind]} ${piece.which.code}`}>{piece.name}</Title>
        <Standing ask={ask} piece={piece} />
        <Form ask={ask}>
          <input type="hidden" name="based-on" value={basedOn} />
          <EditFields {...{ fields, typed, errors, options, w }} />
          <div class="govuk-button-group">
            <Button name="next" value="preview">
              {w.preview}
            </Button>
            <Button name="next" value="keep" classes="govuk-button--secondary">
              {w.keep}
            </Button>
            {own && (
              <Button name="next" value="discard" classes="govuk-button--warning">
                {w.discard}
              </Button>
            )}
          </div>
        </Form>
      </>
    ),
  })
}

/** Where the piece stands: what is public, who is writing, and where else to go. */
const Standing = ({
  ask,
  piece: { which, versions, drafts, names, viewer, guidance },
}: {
  ask: Ask
  piece: OpenPiece
}) => {
  const w = ask.w.guidance.edit
  const { kind, code } = which
  const now = versions[0]
  const date = (at: Date) => day(ask, localDate(at, ask.place.zone))
  const own = drafts.find(({ saved_by }) => saved_by === viewer.staff)
  const named = (id: string) => names.get(id)?.name ?? ''
  return (
    <>
      {now && (
        <p class="govuk-body">
          {fill(w.versionLine, {
            version: now.version,
            origin: w[now.origin].toLowerCase(),
            date: date(now.published_at),
          })}{' '}
          {now.published_by ? fill(w.by, { name: named(now.published_by) }) : w.shippedBy}
        </p>
      )}
      {own && <p class="trellis-note">{fill(w.yourDraft, { date: date(own.saved_at) })}</p>}
      {drafts
        .filter((draft) => draft !== own)
        .map(({ saved_by }) => (
          <p class="trellis-note">
            {fill(w.otherDrafts, { name: named(saved_by) })}{' '}
            <a class="govuk-link" href={`/guidance/${kind}/${code}/preview?by=${saved_by}`}>
              {fill(w.lookAt, { name: named(saved_by) })}
            </a>
          </p>
        ))}
      {now && (
        <ul class="trellis-inline-links">
          <li>
            <a class="govuk-link" href={publicAddress(kind, code, now, guidance)}>
              {w.onPage}
            </a>
          </li>
          <li>
            <a class="govuk-link" href={`/guidance/${kind}/${code}/history`}>
              {w.history}
            </a>
          </li>
          {kind === 'sign' && (
            <li>
              <a class="govuk-link" href={`/guidance/${kind}/${code}/withdraw`}>
                {w.withdraw}
              </a>
            </li>
          )}
        </ul>
      )}
    </>
  )
}
