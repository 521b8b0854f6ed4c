import { render } from 'preact-render-to-string'
import { expect, it } from 'vitest'
import {
  CharacterCount,
  Checkboxes,
  DateInput,
  ErrorSummary,
  IdentityBar,
  Input,
  Messages,
  Radios,
  Select,
  SummaryList,
  Table,
  Tabs,
  Textarea,
  Timeline,
} from './index.ts'

const typed = '"><script>alert(1)</script>'

it.each([
  ['CharacterCount', <CharacterCount name="what" label={typed} value={`</textarea>${typed}`} maxlength={9} />],
  ['Checkboxes', <Checkboxes name="signs" hint={typed} items={[{ value: typed, text: typed, conditional: typed }]} />],
  ['DateInput', <DateInput id="born" errorMessage={typed} values={{ day: typed, month: typed, year: typed }} />],
  ['ErrorSummary', <ErrorSummary title={typed} errorList={[{ text: typed, href: typed }]} />],
  ['IdentityBar', <IdentityBar title={typed}>{typed}</IdentityBar>],
  ['Input', <Input name="name" label={typed} value={typed} prefix={typed} attributes={{ 'data-why': typed }} />],
  [
    'Messages',
    <Messages items={[{ type: 'sent', sender: typed, text: typed, timestamp: typed, date: typed, time: typed }]} />,
  ],
  [
    'Radios',
    <Radios name="accept" fieldset={{ legend: typed }} value={typed} items={[{ value: typed, text: typed }]} />,
  ],
  ['Select', <Select name="area" label={typed} items={[{ value: typed, text: typed }]} />],
  ['SummaryList', <SummaryList card={{ title: typed }} rows={[{ key: typed, value: typed }]} />],
  ['Table', <Table caption={typed} head={[typed]} rows={[[{ text: typed }]]} />],
  ['Tabs', <Tabs items={[{ label: typed, panel: typed, id: typed }]} />],
  ['Textarea', <Textarea name="what" label={typed} value={`</textarea>${typed}`} />],
  [
    'Timeline',
    <Timeline items={[{ label: typed, byline: typed, text: typed, datetime: { timestamp: typed, text: typed } }]} />,
  ],
])('%s shows what somebody typed as words, never as HTML', (_, page) => {
  expect(render(page)).toContain('&lt;script')
  expect(render(page)).not.toContain('<script')
})

it('an attribute whose name would break out of its tag is left out', () => {
  const page = <Input name="name" attributes={{ 'x onfocus=alert(1)': 'yes' }} />
  expect(render(page)).not.toContain('onfocus')
})

it('a question takes words alone or words with options', () => {
  expect(render(<Input name="name" label="Name" />)).toContain('<label class="govuk-label" for="name">Name</label>')
  expect(render(<Input name="name" label={{ text: <b>Name</b>, isPageHeading: true }} />)).toContain(
    '<h1 class="govuk-label-wrapper"><label class="govuk-label" for="name"><b>Name</b></label></h1>',
  )
})

it('no error means no red line', () => {
  expect(render(<Input name="name" errorMessage={undefined} />)).not.toContain('error')
  expect(render(<Input name="name" errorMessage="" />)).not.toContain('error')
})

it('the word before an error can be translated', () => {
  const page = <Input name="enw" errorMessage={{ text: 'Rhowch enw', visuallyHiddenText: 'Gwall' }} />
  expect(render(page)).toContain('<span class="govuk-visually-hidden">Gwall:</span> Rhowch enw')
})

it('what stands before and after a control stays inside its form group', () => {
  const around = { beforeInput: <i>before</i>, afterInput: <i>after</i> }
  for (const page of [
    <Input name="x" formGroup={around} />,
    <Textarea name="x" formGroup={around} />,
    <Select name="x" items={[]} formGroup={around} />,
    <Radios name="x" items={[{ value: 1, text: 'One' }]} formGroup={around} />,
    <Checkboxes name="x" items={[{ value: 1, text: 'One' }]} formGroup={around} />,
    <DateInput id="x" formGroup={around} />,
    <CharacterCount name="x" formGroup={around} />,
  ])
    expect(render(page)).toMatch(/<i>before<\/i>.*<(input|textarea|select).*<i>after<\/i>.*<\/div>$/s)
})
