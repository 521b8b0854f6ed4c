const addresses: Record<string, string> = {
  report: '/report',
  'for-you': '/for-you',
  'look-for': '/signs',
  offer: '/offer',
  receipt: '/receipt',
}

/** Where a page's action leads. Content says it in a word, so that an editor cannot break an address. */
export const addressOf = (goTo: string): string => addresses[goTo] ?? '/'
export const destinations = Object.keys(addresses)
