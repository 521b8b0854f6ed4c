import { oneLine, type TextField } from '../report/content.ts'
import type { Line } from './line.ts'

/** What a label of the form is for: a box of it, or what stands around the boxes. */
export type Section =
  | TextField
  | 'issues'
  | 'disruption'
  | 'consent'
  | 'nothing'
  /** Whose issues follow. */
  | 'both'
  | 'local'
  | 'delivering'
  /** At the end, where the report is signed. */
  | 'signed local'
  | 'signed programme'
  | 'date'
  | 'name'
  | 'role'
  | 'body'

type Label = { section: Section; is: RegExp; within?: readonly Section[] | undefined; bare: boolean }

/** Common parts of the labels, as people write them. */
const parts: Record<string, string> = {
  the: '(?:(?:the|a|an|our) )?',
  // 'of the BSP', 'of the Bespoke Support Project (BSP)'
  project: '(?:(?:(?:bespoke )?(?:support )?project|BSP)(?: \\((?:BSP|project)\\))?)',
  programme: "(?:(?:TCE |tackling child exploitation )?(?:\\(TCE\\) )?(?:support )?program(?:me)?(?:[’']s)?)",
  and: '(?: ?/ ?| ?& ?| and )',
}

/** A number or a bullet may stand before any of them. */
const written = (form: string): RegExp => {
  const whole = form
    .replace(/\{([a-z]+)\}/g, (_, name: string) => parts[name]!)
    .replace(/ \?/g, '\\s*')
    .replace(/ /g, '\\s+')
  return new RegExp(`^(?:(?:\\d{1,2}|[a-z])[.)]\\s+|[-*•–]\\s*)?(?:${whole})`, 'i')
}

/** @param bare may stand in front of its words without a colon: no sentence begins like that */
const label = (section: Section, form: string, { within, bare = false }: Partial<Label> = {}): Label => ({
  section,
  is: written(form),
  within,
  bare,
})

const atIssues: readonly Section[] = ['issues']
const atDots: readonly Section[] = ['dots', 'care', 'boundaries', 'complexity']
const atEnd: readonly Section[] = ['consent', 'signed local', 'signed programme', 'date', 'name', 'role', 'body']

/*
 * The form's labels with the variants met in files. A longer one stands before a shorter one that it begins with.
 */
const labels: readonly Label[] = [
  label('nothing', '{the}(?:{project} )?project learning report(?: form| template)?'),
  label('nothing', 'details of {the}{project}'),
  label(
    'partnership_name',
    '(?:name of {the}(?:local )?partnership|(?:local )?(?:safeguarding )?partnership name|partnership(?=\\s*:)|(?:name of {the})?local area(?: name)?(?=\\s*:))',
    { bare: true },
  ),
  label(
    'core_partners',
    '(?:core )?partner(?:s| agencies| organisations)(?: agencies)?(?: (?:that were )?involved)?|agencies involved',
    { bare: true },
  ),
  label('authorities', '(?:number of )?local authorit(?:y|ies)(?: areas?)?(?: covered| involved)?', { bare: true }),
  label('region', 'region(?:al)? area|region', { bare: true }),
  label('size', '(?:{project} (?:project )?size|size of {the}{project})', { bare: true }),
  label('methodology', '(?:{project} )?methodolog(?:y|ies)(?:{and}methodolog(?:y|ies))?(?: used)?', { bare: true }),
  label(
    'commenced',
    '(?:date (?:that |when )?{the}{project} (?:commenced|started|began)|{project} (?:start|commencement) date|(?:start|commencement) date|date of commencement|date commenced)',
    { bare: true },
  ),
  label(
    'reasons',
    '(?:reasons?(?:\\(s\\))? (?:why|for|that) .{0,60}?(?:request(?:ed|ing)?|ask(?:ed|ing)? for) .{0,40}?(?:{programme}|support|{project})(?: program(?:me)?| project)?|why {the}(?:local area|partnership) (?:requested|asked for|wanted) .{0,40}?(?:program(?:me)?|support|project)|reasons? for (?:{the})?(?:request|referral|application|support))',
  ),
  label(
    'aims',
    '(?:{the})?(?:initial |{project} )?(?:aims?(?:{and}objectives?)?|objectives)(?: of {the}{project})?(?:,? as (?:identified |set out |agreed |described |stated )?(?:in|within) (?:its |{the})(?:project |{project} )?specification)?',
  ),
  label(
    'methods',
    '(?:approach(?:es)?(?:{and}methods?)?|methods?(?:{and}approach(?:es)?)?)(?: (?:taken|used|adopted))?(?: to achieve {the}aims)?(?: and deliver(?:y of)? {the}{project})?(?: of {the}{project})?',
  ),
  label(
    'issues',
    '(?:{the})?key issues(?: (?:that )?(?:arose|arising|identified|emerging))?(?: (?:during|from|in) {the}(?:(?:delivery|course|life) of {the})?{project})?',
  ),
  label(
    'both',
    '(?:for )?{the}local areas?,? and (?:for )?(?:those|the people|people|the team) delivering(?: {the}{project})?',
    { within: atIssues },
  ),
  label('local', '(?:issues )?(?:for )?{the}local areas?', { within: atIssues }),
  label(
    'delivering',
    '(?:issues )?(?:and )?(?:for )?(?:those|the people|people|the team|colleagues)(?: who (?:are|were))? delivering(?: {the}(?:{project}|{programme}))?',
    { within: atIssues },
  ),
  label('dots', '(?:reflections? (?:on )?)?joining the dots(?:[.:–-]? ?(?:key )?reflections?(?: on)?)?'),
  label('care', 'leading with care', { within: atDots }),
  label('boundaries', 'blurring (?:the )?boundaries', { within: atDots }),
  label(
    'complexity',
    '(?:holding )?complexity(?:, uncertainty and curiosity|(?:, uncertainty)?(?: and|,) curiosity)?',
    { within: atDots },
  ),
  label(
    'learning',
    '(?:significant |key )?learning{and}transferability(?: from {the}{project})?(?: for other (?:local )?areas?)?|(?:significant|key|transferable) learning(?: from {the}{project})?(?: for other (?:local )?areas?)?',
  ),
  label(
    'disruption',
    '(?:emerging )?evidence (?:of|that|on) (?:how )?{the}{project} .{0,40}?disrupted(?: (?:the|our|local|whole|system|responses?|to|child|children|adults?|and|all-age|all|age|exploitation|in|practice|partnership))*|emerging evidence(?: of (?:change|impact|positive disruption|system change))?|positive(?:ly)? disrupt(?:ion|ed)(?: of the system)?',
  ),
  label(
    'reflections',
    "(?:immediate )?reflections from {the}local (?:area|partnership|partners)|(?:immediate )?reflections of {the}local (?:area|partnership|partners)|(?:immediate|local area(?:[’']s)?) reflections",
  ),
  // As our own papers end.
  label('nothing', 'agreement and signatures'),
  label(
    'consent',
    '(?:both sides agree to this report being|agreement to share this report with other areas is not recorded)(?: shared with other areas)?',
  ),
  label(
    'consent',
    '[☐☑☒✓✔\\uf0fe\\uf0a8\\[\\] xX]*(?:please )?(?:tick|check|mark) (?:this |the )?box (?:if|to) .{0,240}?(?:areas?|microsite|website|shared)(?:.{0,80}?(?:areas?|microsite|website))*|(?:agreement|consent) (?:for|to) .{0,100}?(?:shar(?:e|ed|ing)|publish(?:ed|ing)?|publication)(?: .{0,80}?(?:other (?:local )?areas?|microsite|website))?',
  ),
  label('signed local', 'sign(?:ed|ature)(?: by| for| of| on behalf of|:)? {the}local (?:area|partnership)'),
  label('signed programme', 'sign(?:ed|ature)(?: by| for| of| on behalf of|:)? {the}{programme}(?: team)?'),
  label('date', 'date(?: signed| of signature)?', { within: atEnd, bare: true }),
  label('name', '(?:print )?name', { within: atEnd }),
  label('role', '(?:job )?(?:role|title|position)', { within: atEnd }),
  label('body', '(?:organisation|agency|body|on behalf of)', { within: atEnd }),
]

export type Labelled = { section: Section; label: string; lines: number; rest: string }

/** How many lines a label may be wrapped over. */
const most_lines = 3

/**
 * The label that begins at a line, if one does: at its beginning, followed by a colon, by nothing, or (a bare one) by a few
 * words. One that was wrapped reaches into the next lines.
 * @param now which part of the form the line before belonged to
 */
export const labelAt = (lines: readonly Line[], at: number, now: Section | undefined): Labelled | undefined => {
  const first = lines[at]!
  if (!first.apart && /^\p{Ll}/u.test(first.words)) return undefined
  for (let many = most_lines; many >= 1; many--) {
    const some = lines.slice(at, at + many)
    if (some.length < many || some.some(({ column }) => column !== first.column)) continue
    if (some.slice(0, -1).some(({ words }) => words.endsWith(':'))) continue
    const head = some
      .slice(0, -1)
      .map(({ words }) => `${words} `)
      .join('')
    const text = head + some.at(-1)!.words
    for (const one of labels) {
      if (one.within && !(now && one.within.includes(now))) continue
      const length = one.is.exec(text)?.[0].length ?? 0
      if (length <= head.length) continue
      const after = /^(?:\s*\([^)]{1,60}\))?\s*(.*)$/s.exec(text.slice(length))![1]!
      if (!endsLabel(one, after)) continue
      return { section: one.section, label: text.slice(0, length), lines: many, rest: after.replace(/^[:–—-]+\s*/, '') }
    }
  }
  return undefined
}

const endsLabel = ({ section, bare }: Label, after: string): boolean => {
  if (after === '' || /^[.:]*$/.test(after) || /^(?::|[–—-]\s)/.test(after)) return true
  // A tick before or after the words, or a line of dots to sign on.
  if (section === 'consent') return /^[\s.☐☑☒✓✔[\]xXyYnN]/.test(after)
  if (section === 'date') return /^\d/.test(after)
  return (
    bare &&
    oneLine.includes(section as TextField) &&
    after.length <= 80 &&
    /^[\p{Lu}\d]/u.test(after) &&
    !/[.!?]$/.test(after)
  )
}
