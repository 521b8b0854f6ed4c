import type { ComponentChildren } from 'preact'
import { newId } from '../../../platform/index.ts'
import { day } from '../../../subjects/index.ts'
import {
  BackLink,
  Button,
  Errors,
  fill,
  Form,
  NotificationBanner,
  page,
  SubNavigation,
  Title,
  type Answer,
  type Ask,
  type FieldError,
} from '../../../web/index.ts'
import type { At } from '../at-project.ts'
import type { FormShown } from '../kept-form.ts'

/** '3 March 2026' of '2026-03-03'. */
export const dayOf = (ask: Ask, date: string): string => day(ask, new Date(`${date}T12:00:00Z`))

const places = ['', '/apply', '/scoping', '/specification', '/sessions', '/log', '/people'] as const
export type PlaceInProject = (typeof places)[number]

/** A page of a project: where one can go within it, and what was just done. */
export const projectPage = (props: {
  ask: Ask
  at: At
  place: PlaceInProject
  title: string
  errors?: readonly FieldError[]
  /** For what stands side by side; everything else keeps to a width that reads well. */
  wide?: boolean
  children: ComponentChildren
}): Answer => {
  const { ask, at, place, errors = [] } = props
  const words = ask.w.projects
  const done = (words.done as Record<string, string>)[ask.query['done'] ?? '']
  return page({
    title: `${props.title}: ${at.project.name}`,
    status: errors.length ? 422 : 200,
    frame: 'staff',
    wide: true,
    body: (
      <>
        <SubNavigation
          label={words.nav}
          items={places.map((to) => ({
            text: words.places[to],
            href: ask.href(at.base + to),
            active: to === place,
          }))}
        />
        <Errors ask={ask} errors={errors} />
        {done && (
          <NotificationBanner type="success" title={ask.w.common.saved}>
            {done}
          </NotificationBanner>
        )}
        <Title caption={at.project.name}>{props.title}</Title>
        <div class={props.wide ? undefined : 'trellis-measure'}>{props.children}</div>
      </>
    ),
  })
}

/** A page with one form, which leads back to a page of the project. */
export const formPage = (props: {
  ask: Ask
  at: At
  title: string
  back: PlaceInProject | `/sessions/${string}`
  /** Of a form that is kept while it is written. */
  shown?: FormShown
  errors?: readonly FieldError[]
  children: ComponentChildren
}): Answer => {
  const { ask, at, shown } = props
  const errors = shown?.errors ?? props.errors ?? []
  const words = ask.w.projects
  return page({
    title: `${props.title}: ${at.project.name}`,
    status: errors.length ? 422 : 200,
    frame: 'staff',
    script: shown && 'keep',
    body: (
      <>
        <BackLink href={ask.href(at.base + props.back)}>{ask.w.common.back}</BackLink>
        <Errors ask={ask} errors={errors} />
        {shown?.kept && (
          <NotificationBanner title={words.form.unfinished}>
            <p class="govuk-body">{fill(words.form.kept, { day: day(ask, shown.kept) })}</p>
            <Form ask={ask}>
              <input type="hidden" name="do" value="drop" />
              <button class="trellis-link-button">{words.form.drop}</button>
            </Form>
          </NotificationBanner>
        )}
        <Title caption={at.project.name}>{props.title}</Title>
        {props.children}
      </>
    ),
  })
}

/**
 * The form of such a page: sent, or kept for later. That it counts once is said by the button that sends it alone: what the
 * browser keeps while somebody types is sent many times.
 */
export const KeptForm = ({ ask, button, children }: { ask: Ask; button: string; children: ComponentChildren }) => (
  <Form ask={ask} class="trellis-keeps">
    {children}
    <div class="govuk-button-group">
      <Button name="_once" value={newId()} preventDoubleClick>
        {button}
      </Button>
      <Button name="do" value="keep" classes="govuk-button--secondary">
        {ask.w.projects.form.later}
      </Button>
    </div>
    <p class="govuk-hint" role="status" data-autosaved={ask.w.projects.form.saved}></p>
  </Form>
)
