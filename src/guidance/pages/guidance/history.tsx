import { BadRequest, localDate } from '../../../platform/index.ts'
import { Button, Details, fill, Form, page, redirect, Title, typed as typedIn } from '../../../web/index.ts'
import type { Answer, Ask } from '../../../web/index.ts'
import type { Kind, Piece } from '../../guidance.ts'
import { day } from '../../parts/day.ts'
import { PieceView } from '../../parts/piece-view.tsx'
import { openPiece, type OpenPiece } from '../../piece.ts'
import { saveDraft } from '../../publish.ts'
import { typedFrom } from '../../typed.ts'
import { Framed } from '../../parts/publish-form.tsx'

type Taken = { version: number; withdrawn_at: Date; withdrawn_by: string; why: string }

/** GET /guidance/sign/HO01/history: every version, who and why, to look at and to bring back. */
export const history = async (ask: Ask): Promise<Answer> => {
  const piece = await openPiece(ask)
  const { kind, code } = piece.which
  const taken = await ask.tx
    .selectFrom('guidance_withdrawal')
    .select(['version', 'withdrawn_at', 'withdrawn_by', 'why'])
    .where('partnership_id', '=', ask.place.id)
    .where('kind', '=', kind)
    .where('code', '=', code)
    .execute()
  const w = ask.w.guidance.edit
  return page({
    title: fill(w.historyTitle, { name: piece.name }),
    wide: true,
    body: (
      <>
        <Title caption={`${w.kind[kind]} ${code}`}>{fill(w.historyTitle, { name: piece.name })}</Title>
        <ol class="trellis-versions">
          {piece.versions.map((version) => (
            <Version {...{ ask, piece, version }} taken={taken.find((one) => one.version === version.version)} />
          ))}
        </ol>
      </>
    ),
  })
}

/** POST: an earlier version becomes a draft, to be looked at and published like any other. */
export const restore = async (ask: Ask): Promise<Answer> => {
  const piece = await openPiece(ask)
  const wanted = Number(typedIn(ask.form, 'version'))
  const version = piece.versions.find((one) => one.version === wanted)
  if (!version) throw new BadRequest('There is no such version.')
  const typed = { ...typedFrom(piece.fields, version), 'restored-from': String(wanted) }
  await saveDraft(ask.tx, piece.viewer, piece.which, piece.versions[0]!.version, typed)
  return redirect(`/guidance/${piece.which.kind}/${piece.which.code}/preview`)
}

type Props = { ask: Ask; piece: OpenPiece; version: Piece<Kind>; taken: Taken | undefined }

const Version = ({ ask, piece, version, taken }: Props) => {
  const w = ask.w.guidance.edit
  const { guidance, points, names, which } = piece
  const date = (at: Date) => day(ask, localDate(at, ask.place.zone))
  const isNow = version === piece.versions[0] && !taken
  const named = (id: string | null) => names.get(id ?? '')?.name ?? ''
  const who = version.edited_by !== version.published_by ? w.draftedBy : w.publishedBy
  return (
    <li>
      <h2 class="govuk-heading-s">
        {fill(w.versionLine, {
          version: version.version,
          origin: w[version.origin].toLowerCase(),
          date: date(version.published_at),
        })}{' '}
        {isNow && <strong class="govuk-tag">{w.current}</strong>}
      </h2>
      <p class="govuk-body">
        {version.published_by
          ? fill(who, { editor: named(version.edited_by), name: named(version.published_by) })
          : w.shippedBy}
      </p>
      <p class="govuk-body trellis-words">{version.why || (version.origin === 'local' ? w.noWhy : '')}</p>
      {taken && (
        <p class="trellis-note trellis-words">
          {fill(w.takenBy, { name: named(taken.withdrawn_by), date: date(taken.withdrawn_at), why: taken.why })}
        </p>
      )}
      <Details summary={fill(w.theirs, { version: version.version }).replace(/^.*: /, '')}>
        <Framed label={String(version.version)}>
          <PieceView {...{ ask, guidance, points, head: version, words: version }} />
        </Framed>
      </Details>
      {!isNow && (
        <Form ask={ask} action={`/guidance/${which.kind}/${which.code}/restore`}>
          <input type="hidden" name="version" value={version.version} />
          <Button classes="govuk-button--secondary">{w.restore}</Button>
        </Form>
      )}
    </li>
  )
}
