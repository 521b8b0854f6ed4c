import { render } from 'preact-render-to-string'
import { describe, expect, it } from 'vitest'
import {
  BackLink,
  Breadcrumbs,
  Button,
  ErrorSummary,
  ExitThisPage,
  Filter,
  Footer,
  InterruptionCard,
  Link,
  Pagination,
  Panel,
  safeHref,
  ServiceNavigation,
  SideNavigation,
  SkipLink,
  SubNavigation,
  SummaryList,
  TaskList,
} from './index.ts'

const attacks = [
  'javascript:alert(1)',
  'JavaScript:alert(1)',
  '  javascript:alert(1)',
  '\u0000\u001fjavascript:alert(1)',
  'java\nscript:alert(1)',
  'java\tscript\r:alert(1)',
  '\u00a0\ufeffjavascript:alert(1)',
  'vbscript:msgbox(1)',
  'data:text/html,<script>alert(1)</script>',
  ' DATA:text/html;base64,PHNjcmlwdD4=',
]

const harmless = [
  '/concerns/7',
  '#name',
  '?page=2',
  'https://example.org/javascript:alert(1)',
  'mailto:team@example.org',
  'tel:999',
  '/search?q=javascript:',
  '/data:1',
  'database:1',
  '',
]

describe('safeHref', () => {
  it.each(attacks)('turns %j into a link to nowhere', (href) => expect(safeHref(href)).toBe('#'))
  it.each(harmless)('leaves %j as it is', (href) => expect(safeHref(href)).toBe(href))
  it('leaves a missing address missing', () => expect(safeHref(undefined)).toBe(undefined))
})

const href = 'java\nscript:alert(1)'
const text = 'Here'

describe('a component never links to a script', () => {
  it.each([
    ['BackLink', <BackLink href={href} />],
    ['Breadcrumbs', <Breadcrumbs items={[{ text, href }]} />],
    ['Button', <Button href={href}>{text}</Button>],
    ['ErrorSummary', <ErrorSummary errorList={[{ text, href }]} />],
    ['ExitThisPage', <ExitThisPage redirectUrl={href} />],
    [
      'Filter',
      <Filter selectedFilters={{ clearLink: { href }, categories: [{ heading: 'Kind', items: [{ text, href }] }] }} />,
    ],
    ['Footer', <Footer navigation={[{ title: 'More', items: [{ text, href }] }]} meta={{ items: [{ text, href }] }} />],
    [
      'InterruptionCard',
      <InterruptionCard heading="Stop" primaryAction={{ text, href }} secondaryAction={{ text, href }} />,
    ],
    ['Link', <Link href={href}>{text}</Link>],
    ['Pagination', <Pagination previous={{ href }} next={{ href }} items={[{ href, number: 1 }]} />],
    [
      'Panel',
      <Panel
        title="Stop"
        classes="govuk-panel--interruption"
        actions={{
          items: [
            { text, href },
            { text, href, type: 'button' },
          ],
        }}
      />,
    ],
    ['ServiceNavigation', <ServiceNavigation serviceName="Trellis" serviceUrl={href} navigation={[{ text, href }]} />],
    ['SideNavigation', <SideNavigation items={[{ text, href }]} />],
    ['SkipLink', <SkipLink href={href} />],
    ['SubNavigation', <SubNavigation items={[{ text, href }]} />],
    [
      'SummaryList',
      <SummaryList
        rows={[{ key: 'Name', value: 'Ada', actions: [{ text, href }] }]}
        card={{ title: 'Person', actions: [{ text, href }] }}
      />,
    ],
    ['TaskList', <TaskList items={[{ title: 'Plan', status: 'Done', href }]} />],
  ])('%s', (_, page) => {
    expect(render(page)).toContain('href="#"')
    expect(render(page)).not.toMatch(/java\s*script/i)
  })
})
