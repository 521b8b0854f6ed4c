/**
 * A way of writing dates, made once for each zone and language: to make one takes longer than a hundred uses.
 * @returns what gives the format for a zone ('Europe/London') and a language's code, British English unless told
 */
export const dateFormat = (options: Intl.DateTimeFormatOptions) => {
  const made = new Map<string, Intl.DateTimeFormat>()
  return (zone: string, lang = 'en'): Intl.DateTimeFormat => {
    const key = `${lang} ${zone}`
    const known = made.get(key)
    if (known) return known
    const format = new Intl.DateTimeFormat(lang === 'en' ? 'en-GB' : lang, { ...options, timeZone: zone })
    made.set(key, format)
    return format
  }
}
