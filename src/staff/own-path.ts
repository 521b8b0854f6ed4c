const here = 'http://own.invalid'

/** Where to go after signing in: a path of our own and nothing else, or anybody could send people away with our link. */
export const ownPath = (asked: string | undefined, otherwise = '/work'): string => {
  if (!asked || asked.length > 500 || !/^\/[\x21-\x7e]*$/.test(asked) || asked.includes('\\')) return otherwise
  const { origin, pathname, search } = new URL(asked, here)
  if (origin !== here || pathname.startsWith('//') || /^\/sign-(in|out)(\/|$)/.test(pathname)) return otherwise
  return pathname + search
}
