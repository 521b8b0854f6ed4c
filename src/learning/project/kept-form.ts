import {
  dropDraft,
  draftsOf,
  keepDraft,
  redirect,
  startDraft,
  type Answer,
  type Ask,
  type Draft,
  type FieldError,
  type Handler,
} from '../../web/index.ts'
import { withWriter, type At } from './at-project.ts'

/** What was typed so far, and on which page. */
type Kept = { path: string; form: Ask['form'] }
const kind = 'project form'

const keptHere = async (ask: Ask): Promise<Draft<Kept> | undefined> =>
  (await draftsOf<Kept>(ask, kind)).find(({ answers }) => answers.path === ask.path)

const keep = async (ask: Ask): Promise<void> => {
  const answers = { path: ask.path, form: ask.form }
  const before = await keptHere(ask)
  if (before) return keepDraft(ask, { ...before, answers })
  // The same words for the same writer and page, so that two tabs begin one draft and not two.
  const staff = ask.viewer.kind === 'staff' ? ask.viewer.staff : ''
  await startDraft(ask, kind, answers, `${kind} ${staff} ${ask.path}`)
}

export type FormShown = {
  errors: readonly FieldError[]
  /** When what is shown was kept, of a form that was begun before. */
  kept?: Date
}

/**
 * A form whose unfinished answers survive a closed lid: kept by pressing so, by the browser while somebody types, and when
 * something in it has to be put right.
 * @param fill what the boxes hold for whoever has begun nothing
 */
export const keptForm = ({
  fill = () => ({}),
  show,
  send,
}: {
  fill?: (ask: Ask, at: At) => Promise<Ask['form']> | Ask['form']
  show: (ask: Ask, at: At, shown: FormShown) => Promise<Answer> | Answer
  send: (ask: Ask, at: At) => Promise<Answer | readonly FieldError[]>
}): { get: Handler; post: Handler } => ({
  get: withWriter(async (ask, at) => {
    const draft = await keptHere(ask)
    const form = draft?.answers.form ?? (await fill(ask, at))
    return show({ ...ask, form }, at, { errors: [], kept: draft?.savedAt })
  }),
  post: withWriter(async (asked, at) => {
    const { do: pressed, ...form } = asked.form
    const ask = { ...asked, form }
    if (pressed === 'keep') {
      await keep(ask)
      return redirect(`${ask.path}?kept=yes`)
    }
    if (pressed !== 'drop') {
      const answer = await send(ask, at)
      if ('length' in answer) {
        await keep(ask)
        return show(ask, at, { errors: answer })
      }
      if (answer.kind !== 'redirect') return answer
      await drop(ask)
      return answer
    }
    await drop(ask)
    return redirect(ask.path)
  }),
})

const drop = async (ask: Ask): Promise<void> => {
  const draft = await keptHere(ask)
  if (draft) await dropDraft(ask, draft)
}
