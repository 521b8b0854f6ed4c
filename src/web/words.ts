import agreements from '../../content/strings/en/agreements.json' with { type: 'json' }
import alerts from '../../content/strings/en/alerts.json' with { type: 'json' }
import assessment from '../../content/strings/en/assessment.json' with { type: 'json' }
import blind from '../../content/strings/en/blind.json' with { type: 'json' }
import byArea from '../../content/strings/en/by-area.json' with { type: 'json' }
import common from '../../content/strings/en/common.json' with { type: 'json' }
import contexts from '../../content/strings/en/contexts.json' with { type: 'json' }
import duty from '../../content/strings/en/duty.json' with { type: 'json' }
import eighteen from '../../content/strings/en/eighteen.json' with { type: 'json' }
import feeds from '../../content/strings/en/feeds.json' with { type: 'json' }
import gaps from '../../content/strings/en/gaps.json' with { type: 'json' }
import guidance from '../../content/strings/en/guidance.json' with { type: 'json' }
import joining from '../../content/strings/en/joining.json' with { type: 'json' }
import missing from '../../content/strings/en/missing.json' with { type: 'json' }
import matters from '../../content/strings/en/matters.json' with { type: 'json' }
import network from '../../content/strings/en/network.json' with { type: 'json' }
import own from '../../content/strings/en/own.json' with { type: 'json' }
import panels from '../../content/strings/en/panels.json' with { type: 'json' }
import packs from '../../content/strings/en/packs.json' with { type: 'json' }
import partnership from '../../content/strings/en/partnership.json' with { type: 'json' }
import patterns from '../../content/strings/en/patterns.json' with { type: 'json' }
import plan from '../../content/strings/en/plan.json' with { type: 'json' }
import receipt from '../../content/strings/en/receipt.json' with { type: 'json' }
import report from '../../content/strings/en/report.json' with { type: 'json' }
import rights from '../../content/strings/en/rights.json' with { type: 'json' }
import share from '../../content/strings/en/share.json' with { type: 'json' }
import staff from '../../content/strings/en/staff.json' with { type: 'json' }
import story from '../../content/strings/en/story.json' with { type: 'json' }
import subjects from '../../content/strings/en/subjects.json' with { type: 'json' }
import support from '../../content/strings/en/support.json' with { type: 'json' }
import systems from '../../content/strings/en/systems.json' with { type: 'json' }
import voice from '../../content/strings/en/voice.json' with { type: 'json' }
import writing from '../../content/strings/en/writing.json' with { type: 'json' }
import adoption from '../../content/strings/en/adoption.json' with { type: 'json' }
import frontLine from '../../content/strings/en/front-line.json' with { type: 'json' }
import learningReading from '../../content/strings/en/learning-reading.json' with { type: 'json' }
import learningReport from '../../content/strings/en/learning-report.json' with { type: 'json' }
import library from '../../content/strings/en/library.json' with { type: 'json' }
import projects from '../../content/strings/en/projects.json' with { type: 'json' }
import languages from '../../content/strings/languages.json' with { type: 'json' }
import plCommon from '../../content/strings/pl/common.json' with { type: 'json' }
import plReceipt from '../../content/strings/pl/receipt.json' with { type: 'json' }
import plReport from '../../content/strings/pl/report.json' with { type: 'json' }
import urCommon from '../../content/strings/ur/common.json' with { type: 'json' }
import urReceipt from '../../content/strings/ur/receipt.json' with { type: 'json' }
import urReport from '../../content/strings/ur/report.json' with { type: 'json' }

const english = {
  agreements,
  alerts,
  assessment,
  blind,
  byArea,
  common,
  contexts,
  duty,
  eighteen,
  feeds,
  gaps,
  guidance,
  joining,
  missing,
  matters,
  network,
  own,
  panels,
  packs,
  partnership,
  patterns,
  plan,
  receipt,
  report,
  rights,
  share,
  staff,
  story,
  subjects,
  support,
  systems,
  voice,
  adoption,
  frontLine,
  learningReading,
  learningReport,
  library,
  projects,
  writing,
}
/** Every sentence the product says, by room and place. English is complete; others fall back to it word by word. */
export type Words = typeof english

export type Language = {
  code: string
  name: string
  dir: 'ltr' | 'rtl'
  /** 'machine-drafted' until a person who speaks it has approved it: pages say so. */
  status: 'approved' | 'machine-drafted'
}
export const allLanguages = languages as readonly Language[]

const over = <T>(base: T, other: unknown): T => {
  if (typeof base !== 'object' || base === null || Array.isArray(base))
    return typeof other === typeof base ? (other as T) : base
  const theirs = (other ?? {}) as Record<string, unknown>
  return Object.fromEntries(Object.entries(base).map(([key, value]) => [key, over(value as unknown, theirs[key])])) as T
}

const catalogue: Record<string, Words> = {
  en: english,
  pl: over(english, { common: plCommon, report: plReport, receipt: plReceipt }),
  ur: over(english, { common: urCommon, report: urReport, receipt: urReceipt }),
}

export const wordsIn = (code: string): Words => catalogue[code] ?? english
export const languageOf = (code: string): Language =>
  allLanguages.find((language) => language.code === code) ?? allLanguages[0]!

/** Puts values into a sentence: `fill('Sent {when}', { when: '2 May' })`. */
export const fill = (sentence: string, values: Record<string, string | number>): string =>
  sentence.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
