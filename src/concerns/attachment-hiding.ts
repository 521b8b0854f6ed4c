/*
 * One file may be two: a photo that is also a page of script, a PDF that is also an archive. Whoever opens the original
 * might open the other one. Phones do put a short film behind a photo, so a tail by itself is no reason to refuse.
 */
const programs = /<(?:script|html|svg|iframe|body|\?php|!doctype)[\s>]/i
const pdfStart = /%PDF-[12]\.\d/

export const hidesAnother = (bytes: Buffer, type: string): boolean => {
  if (type === 'application/pdf') return !isWholePdf(bytes) || endOfZip(bytes) !== undefined
  if (type.includes('officedocument')) return !isWholeZip(bytes) || bytes.includes('vbaProject')
  const text = bytes.toString('latin1')
  return programs.test(text) || pdfStart.test(text) || endOfZip(bytes) !== undefined
}

/** From the first byte to the last: readers find a PDF inside anything, so nothing may stand around it. */
const isWholePdf = (bytes: Buffer): boolean => {
  if (!bytes.subarray(0, 5).equals(Buffer.from('%PDF-'))) return false
  const end = bytes.lastIndexOf('%%EOF')
  const behind = bytes.subarray(end + 5).toString('latin1')
  const head = bytes.subarray(0, 1024).toString('latin1')
  return end > 0 && /^[\s\0]*$/.test(behind) && !programs.test(head)
}

/** Archives are read from their end: its directory must end where the file does, and its first entry begin where it begins. */
const isWholeZip = (bytes: Buffer): boolean => {
  const end = endOfZip(bytes)
  return end === bytes.length && bytes.readUInt32LE(0) === 0x04034b50
}

/** Where an archive ends in these bytes, if one does: after the record that closes it and its comment. */
const endOfZip = (bytes: Buffer): number | undefined => {
  const from = Math.max(0, bytes.length - 22 - 65_535)
  const at = bytes.subarray(from).lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]))
  if (at < 0 || from + at + 22 > bytes.length) return undefined
  const end = from + at
  const directory = bytes.readUInt32LE(end + 12)
  const comment = bytes.readUInt16LE(end + 20)
  // Four bytes may stand there by chance; a directory that fits before them does not.
  return directory > 0 && directory <= end && end + 22 + comment <= bytes.length ? end + 22 + comment : undefined
}
