import type { ComponentChildren } from 'preact'
import { hasRole, localDate } from '../../platform/index.ts'
import { NotificationBanner, page, SubNavigation, type Ask, type Page } from '../../web/index.ts'

/** The day it is where the partnership is. */
export const todayAt = ({ house, place }: Ask): string => localDate(house.now(), place.zone)

/** May this person change what is written here? The database asks again. */
export const mayKeep = ({ viewer }: Ask): boolean => hasRole(viewer, 'administrator')

const tabs = ['/partners', '/areas', '/boards', '/settings/contacts', '/settings/clocks', '/settings/holidays'] as const
export type Tab = (typeof tabs)[number]

/** A page of who's who: on the lists the way to their neighbours, then what was just done, then the page. */
export const section = (ask: Ask, tab: Tab, title: string, body: ComponentChildren): Page => {
  const words = ask.w.partnership
  const done = words.done[ask.query['done'] as keyof typeof words.done]
  const isList = ask.path === tab
  return page({
    title,
    wide: isList,
    body: (
      <>
        {isList && (
          <SubNavigation
            label={words.section}
            items={tabs.map((href) => ({ href: ask.href(href), text: words.tabs[href], active: href === tab }))}
          />
        )}
        {done && (
          <NotificationBanner type="success" title={words.doneTitle}>
            {done}
          </NotificationBanner>
        )}
        {body}
      </>
    ),
  })
}
