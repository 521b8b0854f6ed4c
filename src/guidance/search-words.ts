const unsaid = new Set(
  'a about after all an and any are as at be been but by can cant do does doesnt dont for from had has have he her his how i if im in is it its me my no not of on or our she so some someone something that the their them then there they theyre this to up us was we were what when where which who whose will with without wont you your youre'.split(
    ' ',
  ),
)

/** Words as people type or write them, small and bare: 'The B&Bs’ “guests”' gives b&bs, guests. */
export const bareWords = (text: string): string[] =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\u0300-\u036f'’‘]/g, '')
    .split(/[^\p{L}\p{N}&]+/u)
    .filter(Boolean)

/** Those that carry meaning. When every one is small ("who am I"), they all do. */
export const tellingWords = (text: string): string[] => {
  const words = bareWords(text)
  const telling = words.filter((word) => !unsaid.has(word))
  return telling.length > 0 ? telling : words
}

/** Cuts common endings, so that 'drugs' finds 'drug' and 'cuckooing' finds 'cuckoo'. Blunt is enough: both sides are cut alike. */
export const stem = (word: string): string => {
  if (word.length < 4) return word
  const cut = word
    .replace(/(sses)$/, 'ss')
    .replace(/([^aeiou])ies$/, '$1y')
    .replace(/([^s])s$/, '$1')
  const bare = cut.replace(/(ing|ed)$/, '')
  return bare.length >= 4 ? bare.replace(/([^aeioulsz])\1$/, '$1') : cut
}

/**
 * How many slips of the finger lie between two words: letters left out, put in, changed or swapped with a neighbour
 * (optimal string alignment distance). Stops counting past `most`.
 */
export const slips = (a: string, b: string, most: number): number => {
  if (Math.abs(a.length - b.length) > most) return most + 1
  let twoBack: number[] = []
  let back = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1
      let least = Math.min(back[j]! + 1, row[j - 1]! + 1, back[j - 1]! + same)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) least = Math.min(least, twoBack[j - 2]! + 1)
      row.push(least)
    }
    if (Math.min(...row) > most) return most + 1
    twoBack = back
    back = row
  }
  return back[b.length]!
}

/** The longer the word, the more slips it can bear and still be told from another. */
export const slipsAllowed = (word: string): number => (word.length < 4 ? 0 : word.length < 7 ? 1 : 2)

/** A word by its consonants as they sound: 'skool' and 'school' are both skl, 'trane' and 'train' trn. */
export const sound = (word: string): string =>
  word
    .replace(/sch/g, 'sk')
    .replace(/ph/g, 'f')
    .replace(/ck|c(?=[aoukl])|q/g, 'k')
    .replace(/c/g, 's')
    .replace(/(.)\1/g, '$1')
    .replace(/(?<=.)[aeiouyhw]/g, '')
