import { sha256 } from './sha256.ts'
import { all, drop, put } from './store.ts'

export type Waiting = {
  language: string
  setting: string
  worry: string
  place: string
  happened: string
  detail: string
  contact: string
  refused?: boolean
}
export type Kept = { receipt: string | null }

/** A key for one report: 32 random bytes. Sent again under the same key it is the same report. */
export const newKey = (): string =>
  btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32))))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=/g, '')

/** Tries to send everything that waits. @throws when there is no signal: what is left waits on */
export const sendWaiting = async (): Promise<void> => {
  for (const { id, refused, ...said } of await all<Waiting>('queue')) if (!refused) await sendOne(id, said)
}

const sendOne = async (id: string, said: Omit<Waiting, 'refused'>, proof: object = {}): Promise<void> => {
  const reply = await fetch('/report/queue', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ key: id, ...said, ...proof }),
  })
  if (reply.ok || reply.status === 409) {
    const { receipt = null } = reply.ok ? ((await reply.json()) as { receipt: string }) : {}
    // The receipt first: if the phone dies in between, the report is sent again under its key and answered the same.
    await put('receipts', id, { receipt } satisfies Kept)
    await drop('queue', id)
  } else if (reply.status === 429 && !('ticket' in proof)) {
    const { ticket, bits } = (await reply.json()) as { ticket: string; bits: number }
    await sendOne(id, said, { ticket, nonce: await work(ticket, bits) })
  } else if (reply.status === 422 || reply.status === 413) await put('queue', id, { ...said, refused: true })
  else throw new Error('not now')
}

const work = async (ticket: string, bits: number): Promise<string> => {
  for (let tried = 0; ; tried++) {
    if (sha256(`${ticket}:${tried}`) >>> (32 - bits) === 0) return String(tried)
    if (tried % 5000 === 4999) await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
