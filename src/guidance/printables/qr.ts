import QRCode from 'qrcode'
import type { Paper } from './paper.ts'

/** A QR code as shapes rather than a picture: sharp at any size. White all around it, four modules wide, is part of it. */
export const drawQr = (doc: Paper, url: string, x: number, y: number, size: number): void => {
  const { modules } = QRCode.create(url, { errorCorrectionLevel: 'M' })
  const quiet = 4
  const unit = size / (modules.size + 2 * quiet)
  doc.rect(x, y, size, size).fill('#ffffff')
  for (let row = 0; row < modules.size; row++)
    for (let column = 0; column < modules.size; column++) {
      if (!modules.get(row, column)) continue
      let end = column
      while (end + 1 < modules.size && modules.get(row, end + 1)) end++
      doc.rect(x + (column + quiet) * unit, y + (row + quiet) * unit, (end - column + 1) * unit, unit)
      column = end
    }
  doc.fill('#000000')
}
