import type { ComponentChildren } from 'preact'
import { hasRole } from '../../../platform/index.ts'
import {
  Errors,
  NotificationBanner,
  page,
  SubNavigation,
  Title,
  type Ask,
  type FieldError,
  type Page,
} from '../../../web/index.ts'

/** Words of one box: long enough for a page, and no file. */
export const most_words = 5000

type Frame = {
  ask: Ask
  title: string
  active?: keyof Ask['w']['frontLine']['tabs']
  above?: ComponentChildren
  errors?: readonly FieldError[]
  about?: Page['about']
  children: ComponentChildren
}

/** A page of this slice: its parts above, what was just done, and what has to be put right. */
export const frontLinePage = ({ ask, title, active, above, errors = [], about, children }: Frame): Page => {
  const words = ask.w.frontLine
  const done = (words.done as Record<string, string>)[ask.query['done'] ?? '']
  const parts = [
    ...(hasRole(ask.viewer, 'chair', 'learning') ? [['themes', '/front-line'] as const] : []),
    ['say', '/front-line/say'] as const,
    ['questions', '/front-line/questions'] as const,
    ['answers', '/front-line/answers'] as const,
    ['gap', '/front-line/gap'] as const,
  ]
  return page({
    title,
    status: errors.length > 0 ? 422 : 200,
    frame: 'staff',
    about,
    body: (
      <>
        {above}
        <Errors ask={ask} errors={errors} />
        {done && errors.length === 0 && (
          <NotificationBanner type="success" title={ask.w.common.saved}>
            {done}
          </NotificationBanner>
        )}
        <Title>{title}</Title>
        <SubNavigation
          label={words.parts}
          items={parts.map(([part, href]) => ({
            text: words.tabs[part],
            href: ask.href(href),
            active: part === active,
          }))}
        />
        {children}
      </>
    ),
  })
}
