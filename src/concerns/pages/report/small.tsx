import { createHash } from 'node:crypto'
import { z } from 'zod'
import { guidanceFor } from '../../../guidance/index.ts'
import {
  withinBudget,
  BackLink,
  Button,
  draftCookie,
  errorFor,
  Errors,
  Form,
  Input,
  newToken,
  openDraft,
  page,
  readForm,
  redirect,
  startDraft,
  Textarea,
  typed,
  WarningText,
  type Ask,
  type Draft,
  type FieldError,
  type Handler,
} from '../../../web/index.ts'
import type { Answers } from './answers.ts'
import { words } from './fields.ts'
import { send } from './send.ts'
import { frameOf } from './step.tsx'

/** Something small: a plate and a place, and a word if one likes. One page, ten seconds. */
export const small: Handler = (ask) => show(ask, { key: newToken(), from: ask.query['setting'] ?? '' })

export const sendSmall: Handler = async (ask) => {
  const { wrong } = ask.w.report
  const read = readForm(
    z
      .strictObject({
        key: z.string().regex(/^[\w-]{43}$/, wrong.broken),
        from: words(ask, 20),
        plate: words(ask, 500),
        place: words(ask, 2000),
        worry: words(ask),
      })
      .refine(({ plate, place, worry }) => /\S/.test(plate + place + worry), { error: wrong.small, path: ['plate'] }),
    ask.form,
  )
  if (!read.ok) return show(ask, ask.form, read.errors)
  const { key, from, plate, place, worry } = read.value
  const known = (await guidanceFor(ask)).settings.some(({ code }) => code === from)
  const answers: Answers = {
    channel: 'small',
    done: [],
    // Whoever writes no words said what is in the boxes.
    worry: /\S/.test(worry) ? worry : [plate, place].filter((said) => /\S/.test(said)).join(', '),
    place,
    setting: known ? from : null,
    details: /\S/.test(plate) ? [{ kind: 'vehicle', said: plate, note: '', came: 'given' }] : [],
  }
  // The same note sent twice finds the first; another note written on the same page does not.
  const token = createHash('sha256').update([key, plate, place, worry].join('\n')).digest('base64url')
  const draft =
    (await startDraft(ask, 'report', answers, token)) ?? (await openDraft<Answers>(ask, token, { lock: true }))
  if (!draft) return redirect('/report/sent')
  const cookie = draftCookie(draft as Draft<unknown>)
  if (draft.kind === 'sent') return redirect('/report/sent', [cookie])
  if (!withinBudget(ask.house, 'reports', ask.house.config.reportsAMinute)) return redirect('/report/wait', [cookie])
  return send(ask, draft)
}

const show = (ask: Ask, form: Ask['form'], errors: readonly FieldError[] = []) => {
  const w = ask.w.report.small
  return page({
    title: w.title,
    status: errors.length ? 422 : 200,
    frame: frameOf(ask),
    script: 'report',
    body: (
      <div class="trellis-report">
        <BackLink href={ask.href('/report')}>{ask.w.common.back}</BackLink>
        <Errors ask={ask} errors={errors} />
        <h1 class="govuk-heading-l">{w.title}</h1>
        <WarningText iconFallbackText={ask.w.report.warning}>{ask.w.report.start.danger}</WarningText>
        <Form ask={ask}>
          <input type="hidden" name="key" value={typed(form, 'key')} />
          <input type="hidden" name="from" value={typed(form, 'from')} />
          <Input
            name="plate"
            label={w.plate}
            hint={w.plateHint}
            errorMessage={errorFor(errors, 'plate')}
            value={typed(form, 'plate')}
            autocomplete="off"
            autocapitalize="characters"
            attributes={{ dir: 'auto' }}
          />
          <Input
            name="place"
            label={w.place}
            errorMessage={errorFor(errors, 'place')}
            value={typed(form, 'place')}
            attributes={{ dir: 'auto' }}
          />
          <Textarea
            name="worry"
            label={w.worry}
            errorMessage={errorFor(errors, 'worry')}
            value={typed(form, 'worry')}
            rows={3}
            attributes={{ dir: 'auto' }}
          />
          <p class="govuk-hint">{w.note}</p>
          <Button preventDoubleClick>{w.send}</Button>
        </Form>
      </div>
    ),
  })
}
