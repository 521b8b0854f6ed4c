import type { ComponentChildren } from 'preact'
import {
  Button,
  draftsOf,
  dropDraft,
  Form,
  InsetText,
  keepDraft,
  NotificationBanner,
  redirect,
  startDraft,
  type Ask,
  type Draft,
  type Handler,
} from '../../../web/index.ts'

/*
 * Long forms whose words outlive a closed lid: one draft for each writer and address, kept by a button or, with JavaScript,
 * a moment after each pause.
 */
type Begun = { path: string; answers: Ask['form'] }
const kind = 'learning form'

const begunOf = async (ask: Ask): Promise<Draft<Begun> | undefined> =>
  (await draftsOf<Begun>(ask, kind)).find(({ answers }) => answers.path === ask.path)

/** Opens a form with what its writer began before. */
export const begins =
  (show: Handler): Handler =>
  async (ask) => {
    const begun = ask.viewer.kind === 'staff' ? await begunOf(ask) : undefined
    return show(begun ? { ...ask, form: { ...begun.answers.answers, begun: 'yes' } } : ask)
  }

/** Takes what such a form sends: to be kept, to be thrown away, or to be done; then the draft goes. */
export const keeps =
  (send: Handler): Handler =>
  async (ask) => {
    const { do: does, ...form } = ask.form
    const begun = await begunOf(ask)
    if (does === 'drop') {
      if (begun) await dropDraft(ask, begun)
      return redirect(ask.path)
    }
    if (does === 'keep') {
      const answers = { path: ask.path, answers: form }
      if (begun) await keepDraft(ask, { ...begun, answers })
      // The same words for the same writer and address, so that two tabs begin one draft and not two.
      else
        await startDraft(
          ask,
          kind,
          answers,
          `${kind} ${ask.viewer.kind === 'staff' ? ask.viewer.staff : ''} ${ask.path}`,
        )
      return redirect(`${ask.path}?kept=yes`)
    }
    const given = await send({ ...ask, form })
    if (given.kind === 'redirect' && begun) await dropDraft(ask, begun)
    return given
  }

export const isBegun = (ask: Ask): boolean => ask.form['begun'] === 'yes'

/** A form that is kept, with its button, and a way to throw away what was begun. */
export const Keeps = ({ ask, button, children }: { ask: Ask; button: string; children: ComponentChildren }) => {
  const words = ask.w.adoption.keeps
  return (
    <>
      {ask.query['kept'] === 'yes' && (
        <NotificationBanner type="success" title={ask.w.common.saved}>
          {words.kept}
        </NotificationBanner>
      )}
      {isBegun(ask) && (
        <InsetText>
          <Form ask={ask}>
            {words.begun}{' '}
            <button class="trellis-link-button" name="do" value="drop">
              {words.drop}
            </button>
          </Form>
        </InsetText>
      )}
      <Form ask={ask} class="trellis-keeps">
        {children}
        <div class="govuk-button-group">
          <Button name="do" value="go" preventDoubleClick>
            {button}
          </Button>
          <Button name="do" value="keep" classes="govuk-button--secondary">
            {words.keep}
          </Button>
        </div>
        <p class="govuk-hint" role="status" data-autosaved={words.autosaved}></p>
      </Form>
    </>
  )
}
