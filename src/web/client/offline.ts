// The short form for when there is no signal: kept on the phone, sealed, and sent when there is some.
import { keepForOffline } from './offline/keep.ts'
import { newKey, sendWaiting, type Kept, type Waiting } from './offline/queue.ts'
import { all, clear, drop, put } from './offline/store.ts'

const find = <T extends HTMLElement>(selector: string) => document.querySelector<T>(selector)!
const root = find('[data-offline]')
const form = find<HTMLFormElement>('form#offline')
const field = (name: string) => form.elements.namedItem(name) as HTMLInputElement | HTMLTextAreaElement

const show = async (): Promise<void> => {
  find('[data-no-signal]').hidden = navigator.onLine
  const waiting = await all<Waiting>('queue')
  find('[data-waiting]').hidden = waiting.length === 0
  find('[data-waiting-count]').textContent = root.dataset['count']!.replace('{count}', String(waiting.length))
  find('[data-refused]').hidden = !waiting.some(({ refused }) => refused)
  const receipts = await all<Kept>('receipts')
  find('[data-receipts]').hidden = receipts.length === 0
  find('[data-sent-before]').hidden = !receipts.some(({ receipt }) => receipt === null)
  find('[data-codes]').replaceChildren(
    ...receipts.flatMap(({ receipt }) => {
      if (receipt === null) return []
      const code = document.createElement('p')
      code.className = 'trellis-receipt__code'
      code.dir = 'ltr'
      for (const four of receipt.split(' ')) {
        const span = document.createElement('span')
        span.textContent = four
        code.append(span, ' ')
      }
      return [code]
    }),
  )
}

const trySending = async (): Promise<void> => {
  await sendWaiting().catch(async () => {
    const { sync } = (await navigator.serviceWorker?.ready) as unknown as {
      sync?: { register: (tag: string) => Promise<void> }
    }
    await sync?.register('send').catch(() => {})
  })
  await show()
}

form.addEventListener('submit', (event) => {
  event.preventDefault()
  const said = Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value)]))
  const empty = !/\S/.test(said['worry'] ?? '')
  find('[data-wrong]').hidden = !empty
  field('worry').classList.toggle('govuk-textarea--error', empty)
  if (empty) return field('worry').focus()
  const setting = new URLSearchParams(location.search).get('setting') ?? ''
  void put('queue', newKey(), { ...said, setting, language: document.documentElement.lang })
    .then(() => {
      form.reset()
      return show()
    })
    .then(trySending)
    .then(() => find('[data-waiting]').hidden || find('[data-waiting]').scrollIntoView())
})
find('[data-clear]').addEventListener('click', () => void clear('receipts').then(show))
find('[data-discard]').addEventListener('click', () => void clear('queue').then(show))
addEventListener('online', () => void trySending())
addEventListener('offline', () => void show())
navigator.serviceWorker?.addEventListener('message', () => void show())

/** What was being sent from another page when the signal went: its words go on here. */
const takeOver = async (): Promise<void> => {
  for (const { id, words } of await all<{ words: string }>('typed')) {
    field('worry').value = [field('worry').value, words].filter(Boolean).join('\n')
    find('[data-from-page]').hidden = false
    await drop('typed', id)
  }
}

root.hidden = false
find('[data-script]').hidden = true
keepForOffline()
void takeOver().then(show).then(trySending)
