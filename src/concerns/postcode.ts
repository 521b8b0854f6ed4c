/** A postcode of the United Kingdom, whole or its first half, in capitals with its gap: 'CV34 4RL', 'CV34'. Undefined for anything else. */
export const readPostcode = (said: string): string | undefined => {
  const plain = said.normalize('NFKC').toUpperCase().replace(/\s/g, '')
  const match = /^((?:[A-Z]{1,2}\d[A-Z\d]?)|GIR)(\d[A-Z]{2})?$/.exec(plain)
  return match ? [match[1], match[2]].filter(Boolean).join(' ') : undefined
}
