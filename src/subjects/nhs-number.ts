/**
 * An NHS number in its plain form, ten digits, when its check digit (modulus 11) is right.
 * https://www.datadictionary.nhs.uk/attributes/nhs_number.html
 * @returns undefined for anything else
 */
export const readNhsNumber = (said: string): string | undefined => {
  const digits = said.normalize('NFKC').replace(/[\s-]/g, '')
  if (!/^\d{10}$/.test(digits)) return undefined
  const sum = [...digits.slice(0, 9)].reduce((total, digit, i) => total + Number(digit) * (10 - i), 0)
  // A remainder of 10 belongs to no number.
  return (11 - (sum % 11)) % 11 === Number(digits[9]) ? digits : undefined
}

/** Numbers from 999 are for trying systems out: they pass the check and belong to nobody. */
export const isTestNhsNumber = (digits: string): boolean => digits.startsWith('999')
