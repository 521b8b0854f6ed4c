// What the proxy compares, as conditions between two records in SQL.

/** Levels from closest to most different, as Splink has them for a whole name, a date of birth, a postcode; a frequency stands for u. */
type Level = { readonly when: string; readonly frequency?: 'whole' | 'family' | 'given' }
type Compared = { readonly name: string; readonly missing: string; readonly levels: readonly Level[] }
const both = (test: string): string => test.replaceAll(/\b(\w+)~/g, 'l_$1').replaceAll(/\b(\w+)\^/g, 'r_$1')
const months = "abs(date_diff('day', try_cast(l_born as date), try_cast(r_born as date)))"
const postcode = (part: string): string =>
  `nullif(regexp_extract(l_postcode, '${part}'), '') = nullif(regexp_extract(r_postcode, '${part}'), '')`
export const compared: readonly Compared[] = [
  {
    name: 'name',
    missing: '(l_given is null or r_given is null) and (l_family is null or r_family is null)',
    levels: [
      { when: both('whole~ = whole^'), frequency: 'whole' },
      { when: both('given~ = family^ and family~ = given^') },
      ...[0.92, 0.88].map((from) => ({
        when:
          `jaro_winkler_similarity(l_family, r_family) >= ${from} and ` +
          `jaro_winkler_similarity(l_given, r_given) >= ${from}`,
      })),
      { when: both('family~ = family^'), frequency: 'family' },
      { when: both('given~ = given^'), frequency: 'given' },
      { when: 'true' },
    ],
  },
  {
    name: 'born',
    missing: both('born~ is null or born^ is null'),
    levels: [
      { when: both('born~ = born^') },
      { when: both('damerau_levenshtein(born~, born^) <= 1') },
      { when: `${months} <= 31` },
      { when: `${months} <= 366` },
      { when: `${months} <= 3653` },
      { when: 'true' },
    ],
  },
  {
    name: 'postcode',
    missing: both('postcode~ is null or postcode^ is null'),
    levels: [
      { when: both('postcode~ = postcode^') },
      { when: postcode('^[A-Z]{1,2}[0-9][A-Z0-9]? [0-9]') },
      { when: postcode('^[A-Z]{1,2}[0-9][A-Z0-9]?') },
      { when: postcode('^[A-Z]{1,2}') },
      { when: 'true' },
    ],
  },
  ...['phone', 'sex'].map((name) => ({
    name,
    missing: both(`${name}~ is null or ${name}^ is null`),
    levels: [{ when: both(`${name}~ = ${name}^`) }, { when: 'true' }],
  })),
]
export const columns = [
  'given',
  'family',
  'whole',
  'born',
  'postcode',
  'phone',
  'sex',
  'share_whole',
  'share_family',
  'share_given',
]
