import type { ComponentChildren } from 'preact'
import { localDate } from '../../platform/index.ts'
import { Button, Checkboxes, errorFor, fill, Form, Input, Textarea, typed as typedIn } from '../../web/index.ts'
import type { Ask, FieldError } from '../../web/index.ts'
import type { Draft, OpenPiece } from '../piece.ts'
import { yearsLater } from './day.ts'

/** Public words inside a page of ours, with a line around them. */
export const Framed = ({ label, children }: { label: string; children: ComponentChildren }) => (
  <article class="trellis-preview trellis-frame-public" aria-label={label}>
    {children}
  </article>
)

/** Somebody published since this draft was begun. */
export const Overtaken = ({ ask, piece: { versions, names } }: { ask: Ask; piece: OpenPiece }) => {
  const w = ask.w.guidance.edit
  const now = versions[0]!
  const name = names.get(now.published_by ?? '')?.name
  return (
    <div class="trellis-note trellis-note--stale" role="alert">
      <p>
        <strong>
          {name ? fill(w.stale, { name, version: now.version }) : fill(w.staleShipped, { version: now.version })}
        </strong>
      </p>
      <p>{w.staleHelp}</p>
    </div>
  )
}

type FormProps = { ask: Ask; piece: OpenPiece; draft: Draft; form: Ask['form']; errors: FieldError[]; stale: boolean }

export const PublishForm = ({ ask, piece, draft, form, errors, stale }: FormProps) => {
  const w = ask.w.guidance.edit
  const { kind, code } = piece.which
  const version = piece.versions[0]?.version ?? 0
  const restored = typedIn(draft.typed, 'restored-from')
  const own = draft.saved_by === piece.viewer.staff
  const by = own ? '' : `?by=${draft.saved_by}`
  return (
    <div class="trellis-reading">
      <h2 class="govuk-heading-m">{w.publishTitle}</h2>
      <Form ask={ask} action={`/guidance/${kind}/${code}/preview${by}`}>
        {stale && version > 0 && (
          <Checkboxes
            name="over"
            values={[typedIn(form, 'over')]}
            errorMessage={errorFor(errors, 'over')}
            items={[{ value: version, text: fill(w.over, { version }) }]}
          />
        )}
        <Textarea
          name="why"
          label={{ text: w.why, classes: 'govuk-label--s' }}
          hint={w.whyHint}
          rows={3}
          errorMessage={errorFor(errors, 'why')}
          value={`\n${form['why'] === undefined && restored ? fill(w.restoreWhy, { version: restored }) : typedIn(form, 'why')}`}
        />
        <Input
          name="review-by"
          label={{ text: w.reviewBy, classes: 'govuk-label--s' }}
          hint={w.reviewHint}
          classes="govuk-input--width-10"
          attributes={{ type: 'date' }}
          errorMessage={errorFor(errors, 'review-by')}
          value={
            form['review-by'] === undefined
              ? yearsLater(localDate(ask.house.now(), ask.place.zone), 1)
              : typedIn(form, 'review-by')
          }
        />
        <div class="govuk-button-group">
          <Button preventDoubleClick>{w.publish}</Button>
          <a class="govuk-link" href={`/guidance/${kind}/${code}`}>
            {w.backToEdit}
          </a>
        </div>
      </Form>
    </div>
  )
}
