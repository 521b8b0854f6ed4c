/** What the columns of a file hold: as the settings say, or guessed from plain names and a look at the values. */
import {
  kinds,
  readDate,
  readIdentifier,
  readPhone,
  readPostcode,
  readSex,
  type Field,
  type Kind,
} from '../linkage/index.ts'

export type Settings = {
  /** Column name to kind, or to "ignore". Columns that are not named here are guessed. */
  readonly columns?: Readonly<Record<string, Kind | 'ignore'>>
  /** The column that names a record; the line of the file where there is none. */
  readonly id?: string
  /** The column that says who it really is: only ever used to measure. */
  readonly truth?: string
  /** What of that column counts: the first group of a pattern, as in "rec-(\\d+)". */
  readonly truthPattern?: string
}

export type Columns = { readonly fields: readonly Field[]; readonly id?: string; readonly truth?: string }

/** Reads a settings file. Gives what is wrong, all of it, by name. */
export const readSettings = (json: unknown, header: readonly string[]): { settings: Settings; wrong: string[] } => {
  const wrong: string[] = []
  const there = (at: string, name: unknown): void => {
    if (name !== undefined && !header.includes(String(name))) wrong.push(`${at}: there is no column "${String(name)}".`)
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    return { settings: {}, wrong: ['settings: must be an object with columns, id, truth.'] }
  const settings = json as Settings
  for (const name of Object.keys(settings))
    if (!['columns', 'id', 'truth', 'truthPattern'].includes(name)) wrong.push(`${name}: there is no such setting.`)
  for (const [name, kind] of Object.entries(settings.columns ?? {})) {
    there(`columns.${name}`, name)
    if (kind !== 'ignore' && !kinds.includes(kind))
      wrong.push(`columns.${name}: "${String(kind)}" must be "ignore" or one of: ${kinds.join(', ')}.`)
  }
  there('id', settings.id)
  there('truth', settings.truth)
  try {
    new RegExp(settings.truthPattern ?? '')
  } catch {
    wrong.push('truthPattern: is not a pattern that can be searched for.')
  }
  return { settings, wrong }
}

/** `id` is first: it is asked for by itself as well. */
const plain: readonly (readonly [RegExp, Kind | 'id' | 'truth'])[] = [
  [/^(id|recid|recordid|uniqueid|rowid|ref|reference)$/, 'id'],
  [/^(cluster|clusterid|truth|truthid|entityid|entity|trueid|matchid)$/, 'truth'],
  [/^(given|first|fore|christian)names?$|^fname$|^forenames?$/, 'given name'],
  [/^middlenames?$|^mname$|^secondname$/, 'middle name'],
  [/^(family|last|sur)names?$|^surname$|^sname$|^lname$/, 'family name'],
  [/^(full|whole|person|client|patient|childs?)?name$|^first(name)?andsurname$/, 'full name'],
  [/dob$|^dateofbirth|birthdate|^born$|birthday$/, 'date'],
  [/nhs(no|number|num|id)?$/, 'nhs number'],
  [/uprn$/, 'uprn'],
  [/postcode|postalcode|^zip(code)?$/, 'postcode'],
  [/phone|^tel$|^mobile|^landline/, 'phone'],
  [/^e?mail(address)?$|email/, 'e-mail'],
  [/^(sex|gender)/, 'sex'],
  [/socsec|^ssn$|^ni(no|number)$|nationalinsurance|^upn$|^passport/, 'identifier'],
  [/^(full)?addr(ess)?$/, 'address'],
]

/** What each column holds. `sample` is some rows; a column without a value in any of them is left out. */
export const columnsOf = (
  header: readonly string[],
  sample: readonly (readonly string[])[],
  settings: Settings,
): Columns => {
  const guessed = header.map((name, i) => {
    const said = settings.columns?.[name]
    if (said !== undefined) return said
    if (name === settings.id || name === settings.truth) return 'ignore'
    return guess(
      name,
      sample.map((row) => row[i] ?? '').filter((value) => value !== ''),
    )
  })
  const has = (kind: Kind): boolean => guessed.includes(kind)
  const inParts = has('given name') && has('family name')
  const ofPeople = has('date') || has('sex') || has('nhs number') || has('family name') || has('given name')
  const fields = header.flatMap((name, i): Field[] => {
    const kind = guessed[i]!
    if (kind === 'ignore' || kind === 'id' || kind === 'truth' || (guessed.indexOf(kind) < i && once.has(kind)))
      return []
    // A file of shops and dishes has names too: people come with a birth or a sex.
    if (
      kind === 'full name' &&
      !inParts &&
      name.toLowerCase() === 'name' &&
      !ofPeople &&
      settings.columns?.[name] === undefined
    )
      return [{ name, kind: 'text' }]
    // The parts say more than the whole that repeats them.
    if (kind === 'full name' && inParts && settings.columns?.[name] === undefined) return []
    return [{ name, kind }]
  })
  // One column may be both the name of a record and the truth about it.
  const id = settings.id ?? header.find((name) => plain[0]![0].test(bareName(name)))
  const truth = settings.truth ?? header[guessed.indexOf('truth')]
  return { fields, ...(id !== undefined && { id }), ...(truth !== undefined && { truth }) }
}

/** Of these the first column counts. */
const once: ReadonlySet<string> = new Set(['given name', 'middle name', 'family name', 'full name'])

const bareName = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '')

const guess = (name: string, values: readonly string[]): Kind | 'id' | 'truth' | 'ignore' => {
  if (values.length === 0) return 'ignore'
  const bare = bareName(name)
  const kind = plain.find(([pattern]) => pattern.test(bare))?.[1]
  if (kind !== undefined && (reads[kind] === undefined || mostly(values, reads[kind]))) return kind
  if (kind === 'postcode') return 'identifier'
  if (kind === undefined && mostly(values, (value) => readDate(value) !== 0 && value.length > 4)) return 'date'
  const different = new Set(values).size
  // A number of its own for every record, under a name that says nothing, is some system's key: it ties nothing together.
  if (different === values.length && values.length > 50 && values.every((value) => /^[\w-]+$/.test(value)))
    return 'ignore'
  if (different === 1) return 'ignore'
  return different > values.length / 20 && mostly(values, (value) => /[a-z]{3}/i.test(value)) ? 'text' : 'code'
}

/** A name that promises what the values do not hold is not believed. */
const reads: Partial<Record<Kind | 'id' | 'truth', (value: string) => boolean>> = {
  date: (value) => readDate(value) !== 0,
  postcode: (value) => readPostcode(value) !== 0,
  phone: (value) => readPhone(value) !== '',
  sex: (value) => readSex(value) !== 0,
  identifier: (value) => readIdentifier(value) !== '',
}

const mostly = (values: readonly string[], holds: (value: string) => boolean): boolean =>
  values.filter(holds).length > values.length * 0.6
