// The list of concerns keeps itself up to date. Rows never move under a hand: while somebody is in the list, or has the
// pointer on it, a button says what is new instead.
type Words = {
  new: { one: string; many: string }
  changed: string
  show: string
  updated: string
  ended: string
}

const list = document.getElementById('queue')
const address = list?.dataset['live']
// Nobody touched the page for this long: asking again would keep an empty chair signed in.
const away_ms = 10 * 60_000
const least_ms = 3000

if (list && address && 'EventSource' in window) {
  const words = JSON.parse(list.dataset['words'] ?? '{}') as Words
  const notice = document.createElement('div')
  notice.className = 'trellis-live'
  const said = document.createElement('p')
  said.className = 'trellis-live__said'
  said.setAttribute('role', 'status')
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'govuk-button govuk-button--secondary trellis-button--small'
  button.textContent = words.show
  button.hidden = true
  notice.append(said, button)
  list.before(notice)

  let received = 0
  let waiting = false
  let touchedAt = Date.now()
  let fetchedAt = 0
  let timer = 0
  for (const kind of ['pointerdown', 'pointermove', 'keydown', 'scroll'])
    addEventListener(kind, () => (touchedAt = Date.now()), { passive: true })

  const inUse = () => list.contains(document.activeElement) || list.matches(':hover')
  const news = () =>
    received === 0
      ? words.changed
      : received === 1
        ? words.new.one
        : words.new.many.replace('{count}', String(received))

  const show = async (): Promise<void> => {
    fetchedAt = Date.now()
    waiting = false
    const told = received
    const answer = await fetch(location.href, { headers: { accept: 'text/html' }, credentials: 'same-origin' })
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById('queue')
    if (!answer.ok || !fresh) return
    const focused = focusIn()
    list.replaceChildren(...fresh.childNodes)
    focused?.()
    said.textContent = told > 0 ? news() : ''
    received -= told
    button.hidden = true
  }
  /** Where the keyboard is in the list, so that it can be there again afterwards. */
  const focusIn = (): (() => void) | undefined => {
    const active = document.activeElement
    const row = active?.closest('[data-id]')
    if (!(active instanceof HTMLElement) || !row || !list.contains(active)) return undefined
    const id = row.getAttribute('data-id')
    const tag = active.tagName
    return () => list.querySelector<HTMLElement>(`[data-id="${id}"] ${tag === 'A' ? 'a' : 'button, a'}`)?.focus()
  }

  const settle = (): void => {
    clearTimeout(timer)
    if (!waiting) return
    if (document.hidden || Date.now() - touchedAt > away_ms || inUse()) {
      said.textContent = news()
      button.hidden = false
      return
    }
    const left = least_ms - (Date.now() - fetchedAt)
    if (left > 0) timer = window.setTimeout(settle, left)
    else void show().catch(() => {})
  }
  button.addEventListener('click', () => {
    touchedAt = Date.now()
    void show()
      .then(() => list.querySelector<HTMLElement>('a')?.focus())
      .catch(() => {})
  })
  document.addEventListener('visibilitychange', settle)

  const source = new EventSource(address)
  source.addEventListener('changed', (event) => {
    received += (JSON.parse((event as MessageEvent<string>).data) as { received: number }).received
    waiting = true
    settle()
  })
  source.addEventListener('ended', () => {
    source.close()
    said.textContent = words.ended
    button.hidden = true
  })
  addEventListener('pagehide', () => source.close())
}
