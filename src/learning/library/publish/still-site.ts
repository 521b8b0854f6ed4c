import path from 'node:path'
import { wordsIn } from '../../../web/index.ts'
import { wholeAt, type Site } from '../site.ts'

/** The file that stands for an address of the library: the folder may be served at /library as it is. */
export const fileOf = (address: string): string => {
  const [at = '', ...parts] = address.split('/').filter(Boolean)
  const rest = at === 'library' ? parts : [at, ...parts]
  const last = rest.at(-1) ?? ''
  return /\.\w+$/.test(last) ? rest.join('/') : [...rest, 'index.html'].join('/')
}

/** A page of a copy: its links lead from file to file, so that it works from a disk. */
export const stillSite = (base: string, address: string): Site => {
  const from = path.posix.dirname(fileOf(address))
  return {
    w: wordsIn('en'),
    lang: 'en',
    zone: 'Europe/London',
    href: (to) => {
      const [page = '', place] = to.split('#')
      const file = path.posix.relative(from, fileOf(page)) || path.posix.basename(fileOf(page))
      return place === undefined ? file : `${file}#${place}`
    },
    whole: wholeAt(base),
    still: true,
  }
}
