import { localDate, NotFound } from '../../../platform/index.ts'
import { Errors, fill, page, redirect, Title, typed as typedIn } from '../../../web/index.ts'
import type { Answer, Ask, FieldError } from '../../../web/index.ts'
import type { AnyWords, Publication } from '../../guidance.ts'
import { yearsLater } from '../../parts/day.ts'
import { PieceView } from '../../parts/piece-view.tsx'
import { Framed, Overtaken, PublishForm } from '../../parts/publish-form.tsx'
import { baseWords, openPiece, type Draft, type OpenPiece } from '../../piece.ts'
import { watchForNews } from '../../published.ts'
import { publish } from '../../publish.ts'
import { readingAge, sentencesOf } from '../../reading-age.ts'
import { isDay, printable, wordsFrom } from '../../typed.ts'

/** GET /guidance/sign/HO01/preview: how a draft will look, and what it takes to publish it. */
export const preview = async (ask: Ask): Promise<Answer> => {
  const piece = await openPiece(ask)
  return show(ask, piece, draftIn(ask, piece), {}, [])
}

/** POST: publishes it, unless somebody else came first. */
export const publishDraft = async (ask: Ask): Promise<Answer> => {
  const piece = await openPiece(ask)
  const draft = draftIn(ask, piece)
  const form = printable(ask.form)
  const w = ask.w.guidance.edit
  const { words, errors } = wordsOf(ask, piece, draft)
  if (errors.length > 0) return redirect(`/guidance/${piece.which.kind}/${piece.which.code}`)
  const now = piece.versions[0]?.version ?? 0
  const over = typedIn(form, 'over') === String(now)
  const wrong = [
    ...publishingErrors(ask, form),
    ...(isStale(piece, draft) && !over ? [{ field: 'over', text: fill(w.errors.over, { version: now }) }] : []),
  ]
  if (wrong.length > 0) return show(ask, piece, draft, form, wrong)
  const outcome = await publish(ask.tx, piece.viewer, {
    ...piece.which,
    words,
    basedOn: isStale(piece, draft) ? now : draft.based_on,
    writtenBy: draft.saved_by,
    reviewBy: typedIn(form, 'review-by'),
    why: typedIn(form, 'why').trim(),
    restoredFrom: Number(typedIn(draft.typed, 'restored-from')) || undefined,
  })
  // Between our reading and our writing: read again, and say so.
  if (outcome === 'stale') return show(ask, await openPiece(ask), draft, form, [])
  watchForNews(ask.house)
  return redirect(`/guidance?said=published&kind=${piece.which.kind}&code=${piece.which.code}`)
}

const draftIn = (ask: Ask, { drafts, viewer }: OpenPiece): Draft => {
  const by = ask.query['by'] ?? viewer.staff
  const draft = drafts.find(({ saved_by }) => saved_by === by)
  if (!draft) throw new NotFound()
  return draft
}

const isStale = ({ versions }: OpenPiece, draft: Draft): boolean => (versions[0]?.version ?? 0) !== draft.based_on

const wordsOf = (ask: Ask, piece: OpenPiece, { typed }: Draft): { words: AnyWords; errors: FieldError[] } => {
  const read = wordsFrom(piece.fields, { typed, options: piece.options, w: ask.w.guidance.edit })
  return { words: { ...baseWords(piece), ...read.words } as AnyWords, errors: read.errors }
}

const publishingErrors = (ask: Ask, form: Ask['form']): FieldError[] => {
  const { errors } = ask.w.guidance.edit
  const today = localDate(ask.house.now(), ask.place.zone)
  const date = typedIn(form, 'review-by').trim()
  const sentence =
    (date === '' && errors.dateMissing) ||
    (!isDay(date) && fill(errors.date, { field: ask.w.guidance.edit.reviewBy })) ||
    (date <= today && errors.datePast) ||
    (date > yearsLater(today, 3) && errors.dateFar)
  return [
    ...(typedIn(form, 'why').trim() === '' ? [{ field: 'why', text: errors.why }] : []),
    ...(typedIn(form, 'why').length > 1000
      ? [{ field: 'why', text: fill(errors.long, { field: ask.w.guidance.edit.why, most: 1000 }) }]
      : []),
    ...(sentence ? [{ field: 'review-by', text: sentence }] : []),
  ]
}

const show = (ask: Ask, piece: OpenPiece, draft: Draft, form: Ask['form'], errors: FieldError[]): Answer => {
  const w = ask.w.guidance.edit
  const { which, versions, guidance, points } = piece
  const { words } = wordsOf(ask, piece, draft)
  const now = versions[0]
  const stale = isStale(piece, draft)
  const head = { ...asIfNew(ask, piece), version: (now?.version ?? 0) + 1 }
  return page({
    title: fill(w.previewTitle, { name: piece.name }),
    status: errors.length > 0 ? 422 : stale && Object.keys(form).length > 0 ? 409 : 200,
    wide: true,
    body: (
      <>
        <Errors ask={ask} errors={errors} />
        <Title caption={`${w.kind[which.kind]} ${which.code}`}>{fill(w.previewTitle, { name: piece.name })}</Title>
        {stale && now && <Overtaken {...{ ask, piece }} />}
        <p class="govuk-body">
          {w.previewLead} {fill(w.readingAge, { age: Math.round(readingAge(sentencesOf(words))) })}
        </p>
        <Framed label={w.previewLead}>
          <PieceView {...{ ask, guidance, points, head, words }} />
        </Framed>
        <PublishForm {...{ ask, piece, draft, form, errors, stale }} />
        {stale && now && (
          <>
            <h2 class="govuk-heading-m">{fill(w.theirs, { version: now.version })}</h2>
            <Framed label={fill(w.theirs, { version: now.version })}>
              <PieceView {...{ ask, guidance, points, head: now, words: now }} />
            </Framed>
          </>
        )}
      </>
    ),
  })
}

/** What the draft would say about itself if it were published now. */
const asIfNew = (ask: Ask, { which, versions, viewer }: OpenPiece): Publication => ({
  ...which,
  version: 1,
  shipped_version: null,
  position: 9999,
  restored_from: null,
  why: '',
  ...versions[0],
  origin: 'local',
  published_at: ask.house.now(),
  review_by: yearsLater(localDate(ask.house.now(), ask.place.zone), 1),
  edited_by: viewer.staff,
  published_by: viewer.staff,
})
