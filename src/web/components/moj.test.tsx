import type { VNode } from 'preact'
import { render } from 'preact-render-to-string'
import { expect, it } from 'vitest'
import {
  ActionBar,
  Alert,
  Badge,
  Filter,
  IdentityBar,
  InterruptionCard,
  Messages,
  PageHeaderActions,
  SideNavigation,
  SubNavigation,
  Timeline,
} from './index.ts'

// MoJ Frontend publishes no fixtures: the HTML below was worked out by hand from each template.njk of 11.1.0.
const gives = (page: VNode, html: string) => expect(render(page)).toBe(html.replace(/\n\s*/g, ''))

it('an alert without content shows its title', () => {
  const html = render(<Alert title="Plan saved" variant="success" dismissible />)
  expect(html.replace(/<svg.*<\/svg>/, '')).toBe(
    `<div role="region" class="moj-alert moj-alert--success" aria-label="success: Plan saved" data-module="moj-alert"
 data-dismissible="true"><div></div><div class="moj-alert__content">Plan saved</div><div class="moj-alert__action">
<button class="moj-alert__dismiss" hidden>Dismiss</button></div></div>`.replace(/\n/g, ''),
  )
})

it('an alert with content shows its title only when asked, as a heading', () => {
  expect(render(<Alert title="Missing">Since noon</Alert>)).toContain(
    '<div class="moj-alert__content">Since noon</div>',
  )
  expect(
    render(
      <Alert title="Missing" variant="warning" showTitleAsHeading headingLevel={3}>
        Since noon
      </Alert>,
    ),
  ).toMatch(/moj-alert--warning moj-alert--with-heading.*<h3 class="moj-alert__heading">Missing<\/h3>Since noon</)
})

it('the four alerts have four icons', () => {
  const icons = (['information', 'success', 'warning', 'error'] as const).map(
    (variant) => /<path.*?\/path>/.exec(render(<Alert title="" variant={variant} />))?.[0],
  )
  expect(new Set(icons).size).toBe(4)
})

it('a badge is a span', () =>
  gives(<Badge classes="moj-badge--red">High</Badge>, '<span class="moj-badge moj-badge--red">High</span>'))

it('an identity bar holds who it is and what may be done', () =>
  gives(
    <IdentityBar title="Ada Lovelace" menus={[{ items: [{ text: 'Share', href: '/share' }], alignMenu: 'right' }]} />,
    `<div class="moj-identity-bar">
      <div class="moj-identity-bar__container">
        <div class="moj-identity-bar__details"><span class="moj-identity-bar__title">Ada Lovelace</span> </div>
        <div class="moj-identity-bar__actions">
          <div class="moj-identity-bar__menu">
            <div class="moj-button-menu" data-module="moj-button-menu" data-align-menu="right">
              <a href="/share" role="button" draggable="false" class="govuk-button moj-button-menu__item govuk-button--secondary" data-module="govuk-button">Share</a>
            </div>
          </div>
        </div>
      </div>
    </div>`,
  ))

it('a timeline says what, who and when', () =>
  gives(
    <Timeline
      items={[
        {
          label: 'Plan agreed',
          byline: 'Sam',
          datetime: { timestamp: '2026-11-02T09:30:00Z', text: '2 November 2026 at 9:30am' },
          text: 'With her mother',
        },
        false,
        { label: 'Concern received', datetime: { timestamp: '2026-11-01', text: '1 November 2026' } },
      ]}
    />,
    `<div class="moj-timeline">
      <div class="moj-timeline__item">
        <div class="moj-timeline__header">
          <h2 class="moj-timeline__title">Plan agreed</h2> <p class="moj-timeline__byline">by Sam</p>
        </div>
        <p class="moj-timeline__date"><time datetime="2026-11-02T09:30:00Z">2 November 2026 at 9:30am</time></p>
        <div class="moj-timeline__description">With her mother</div>
      </div>
      <div class="moj-timeline__item">
        <div class="moj-timeline__header"><h2 class="moj-timeline__title">Concern received</h2> </div>
        <p class="moj-timeline__date"><time datetime="2026-11-01">1 November 2026</time></p>
        <div class="moj-timeline__description"></div>
      </div>
    </div>`,
  ))

it('a filter shows what is chosen, how to undo it and what can be chosen', () =>
  gives(
    <Filter
      heading="Filter"
      selectedFilters={{
        heading: 'Selected filters',
        clearLink: { href: '/concerns' },
        categories: [{ heading: 'Area', items: [{ href: '/concerns?kind=place', text: 'North' }] }],
      }}
    >
      <p>Area</p>
    </Filter>,
    `<div class="moj-filter" data-module="moj-filter">
      <div class="moj-filter__header">
        <div class="moj-filter__header-title"><h2 class="govuk-heading-m">Filter</h2></div>
        <div class="moj-filter__header-action"></div>
      </div>
      <div class="moj-filter__content">
        <div class="moj-filter__selected">
          <div class="moj-filter__selected-heading">
            <div class="moj-filter__heading-title"><h2 class="govuk-heading-m">Selected filters</h2></div>
            <div class="moj-filter__heading-action">
              <p><a class="govuk-link govuk-link--no-visited-state" href="/concerns">Clear filters</a></p>
            </div>
          </div>
          <h3 class="govuk-heading-s govuk-!-margin-bottom-0">Area</h3>
          <ul class="moj-filter-tags">
            <li>
              <a class="moj-filter__tag" href="/concerns?kind=place"><span class="govuk-visually-hidden">Remove this filter</span> North</a>
            </li>
          </ul>
        </div>
        <div class="moj-filter__options">
          <button type="submit" class="govuk-button" data-module="govuk-button">Apply filters</button>
          <p>Area</p>
        </div>
      </div>
    </div>`,
  ))

it('messages of one day share one date', () => {
  const message = { type: 'sent', sender: 'Sam', text: 'Hello', timestamp: '2026-11-02T09:30:00Z' } as const
  const html = render(
    <Messages
      label="Messages with Ada"
      items={[
        { ...message, id: '1', date: '2 November', time: '9:30am' },
        { ...message, type: 'received', date: '2 November', time: '9:31am' },
        { ...message, date: '3 November', time: '8am' },
      ]}
    />,
  )
  expect(html.match(/moj-message-list__date/g)).toHaveLength(2)
  expect(html).toContain(
    `<div id="message_1" class="moj-message-item moj-message-item--sent">
      <div class="moj-message-item__text moj-message-item__text--sent">Hello</div>
      <div class="moj-message-item__meta"><span class="moj-message-item__meta--sender">Sam</span> at
       <time class="moj-message-item__meta--timestamp" datetime="2026-11-02T09:30:00Z">9:30am</time></div>
    </div>`
      .replace(/\n {7}</, ' <')
      .replace(/\n\s*/g, ''),
  )
})

it('a sub navigation marks the page that one is on', () =>
  gives(
    <SubNavigation
      label="Person"
      items={[
        { text: 'Story', href: '/story', active: true },
        { text: 'Voice', href: '/voice' },
      ]}
    />,
    `<nav class="moj-sub-navigation" aria-label="Person">
      <ul class="moj-sub-navigation__list">
        <li class="moj-sub-navigation__item"><a class="moj-sub-navigation__link" aria-current="page" href="/story">Story</a></li>
        <li class="moj-sub-navigation__item"><a class="moj-sub-navigation__link" href="/voice">Voice</a></li>
      </ul>
    </nav>`,
  ))

it('a side navigation is one list, or several under headings', () => {
  gives(
    <SideNavigation label="Guidance" items={[{ text: 'Signs', href: '/signs', active: true }]} />,
    `<nav class="moj-side-navigation" aria-label="Guidance">
      <ul class="moj-side-navigation__list">
        <li class="moj-side-navigation__item moj-side-navigation__item--active"><a href="/signs" aria-current="location">Signs</a></li>
      </ul>
    </nav>`,
  )
  gives(
    <SideNavigation sections={[{ heading: 'Schools', items: [{ text: 'Signs', href: '/signs' }] }]} />,
    `<nav class="moj-side-navigation">
      <h4 class="moj-side-navigation__title">Schools</h4>
      <ul class="moj-side-navigation__list"><li class="moj-side-navigation__item"><a href="/signs">Signs</a></li></ul>
    </nav>`,
  )
})

it('page header actions stand beside the heading', () =>
  gives(
    <PageHeaderActions
      heading={{ text: 'Concerns', classes: 'govuk-heading-l' }}
      items={[{ text: 'Add', href: '/add' }]}
    />,
    `<div class="moj-page-header-actions">
      <div class="moj-page-header-actions__title"><h1 class="govuk-heading-l">Concerns</h1></div>
      <div class="moj-page-header-actions__actions">
        <div class="moj-button-group moj-button-group--inline">
          <a href="/add" role="button" draggable="false" class="govuk-button" data-module="govuk-button">Add</a>
        </div>
      </div>
    </div>`,
  ))

it('an action bar sets the filter apart', () =>
  gives(
    <ActionBar filter="Filter">Export</ActionBar>,
    '<div class="moj-action-bar"><div class="moj-action-bar__filter">Filter</div>Export</div>',
  ))

it('an interruption card offers a button first and a link second', () =>
  gives(
    <InterruptionCard
      heading="This record is restricted"
      primaryAction={{ text: 'Go on', href: '/on' }}
      secondaryAction={{ text: 'Go back', href: '/back' }}
    >
      <p>Say why</p>
    </InterruptionCard>,
    `<div class="moj-interruption-card">
      <div class="moj-interruption-card__content">
        <h1 class="moj-interruption-card__heading">This record is restricted</h1>
        <div class="moj-interruption-card__body"><p>Say why</p></div>
        <div class="govuk-button-group moj-interruption-card__actions">
          <a href="/on" role="button" draggable="false" class="govuk-button govuk-button--inverse" data-module="govuk-button">Go on</a>
          <a class="govuk-link govuk-link--inverse" href="/back">Go back</a>
        </div>
      </div>
    </div>`,
  ))
