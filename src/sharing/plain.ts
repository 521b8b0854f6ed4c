import { agencyKinds } from '../partnership/index.ts'
import { fill, type Words } from '../web/index.ts'
import type { ClauseFacts } from './clause.ts'
import { labelOf, type Code } from './codes.ts'

type Say = Words['agreements']
/** What a clause in words is made with. */
export type Naming = {
  words: Say
  codes: readonly Code[]
  agencies: ReadonlyMap<string, string>
  /** Of what the law asks anyway, which holds for whoever there is, signed or not. */
  unsigned?: boolean
}

/** A clause as a sentence or two that anybody can read. */
export const clauseInWords = (clause: ClauseFacts, naming: Naming): string => {
  const { plain } = naming.words
  const { effect, relationship, age, handling } = clause
  const said = fill(plain[effect], {
    recipients: agenciesInWords(clause.recipients, naming),
    suppliers: agenciesInWords(clause.suppliers, naming, true),
    classes: listInWords(
      clause.classes.map((code) => `${code} ${lower(labelOf(naming.codes, 'class', code))}`),
      naming,
    ),
    purposes: purposesInWords(clause.purposes, naming),
  })
  const marking = effect === 'bar' ? plain.barHandling[`${handling}`] : plain.handling[`${handling}`]
  const parts = [capital(said), plain.age[age], effect === 'bar' ? '' : plain.near[relationship], marking]
  return parts.filter(Boolean).join(' ')
}

/** All the purposes by name are more than anybody reads where a clause holds for nearly all of them. */
const purposesInWords = (purposes: readonly string[], naming: Naming): string =>
  listInWords(
    purposes.map((code) => lower(labelOf(naming.codes, 'purpose', code))),
    naming,
  )

/** 'kind:police' and its like as people say it. */
export const agenciesInWords = (tokens: readonly string[], naming: Naming, supplying = false): string => {
  const { plain } = naming.words
  return listInWords(
    tokens.map((token) => {
      const [sort, code = ''] = token.split(':')
      if (token === 'any') return supplying ? plain.anySupplier : naming.unsigned ? plain.whoever : plain.any
      if (token === 'self') return plain.self
      if (sort === 'agency') return naming.agencies.get(code) ?? code
      if (sort === 'sector') return plain.sector[code as keyof typeof plain.sector] ?? code
      return lower(kindName(code))
    }),
    naming,
  )
}

export const kindName = (code: string): string => agencyKinds().get(code) ?? code.replaceAll('-', ' ')

/** 'a', 'a and b', 'a, b and c'. */
export const listInWords = (items: readonly string[], { words }: Naming): string =>
  items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} ${words.plain.and} ${items.at(-1)!}`

/** Bases that go with the same condition are told together. */
export const groundsInWords = (grounds: readonly { basis: string; condition: string }[], naming: Naming): string => {
  const { plain } = naming.words
  return [...Map.groupBy(grounds, ({ condition }) => condition)]
    .map(([condition, these]) => {
      const bases = listInWords(
        these.map(({ basis }) => labelOf(naming.codes, 'basis', basis)),
        naming,
      )
      return condition
        ? fill(plain.withCondition, { bases, condition: labelOf(naming.codes, 'condition', condition) })
        : bases
    })
    .join('; ')
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
/** In the middle of a sentence; names and abbreviations keep their capitals. */
const lower = (text: string): string =>
  /^(A |[A-Z][a-z’])/.test(text) && !/^British/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text
