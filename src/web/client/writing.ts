// Saves what is written, five seconds after the last word, and says so only when the server has it. A server that is away
// is tried again; who was signed out signs in elsewhere and writes on here.
const form = document.querySelector<HTMLFormElement>('form.trellis-writes')
const state = form?.querySelector<HTMLElement>('.trellis-writes__state')

type Answer = {
  at: string
  fields: Record<string, { outcome: string; read: string; hints: string[] }>
  wrong: Record<string, string>
}

if (form && state) {
  const idle = 5000
  let timer = 0
  let typedSince = false
  let saving = false
  const say = (key: string, time = ''): void => {
    const words = (state.dataset[key] ?? '').replace('{time}', time)
    if (state.textContent !== words) state.textContent = words
  }
  const bodyOf = (): URLSearchParams => {
    const body = new URLSearchParams()
    for (const [name, value] of new FormData(form)) if (typeof value === 'string') body.append(name, value)
    body.set('do', 'keep')
    return body
  }
  const later = (): void => {
    clearTimeout(timer)
    timer = window.setTimeout(() => void save(), idle)
  }
  const save = async (): Promise<void> => {
    if (saving) return later()
    saving = true
    typedSince = false
    try {
      const answer = await send()
      if (answer) take(answer)
      else say('out')
      if (!answer) typedSince = true
    } catch {
      typedSince = true
      say('away')
    }
    saving = false
    if (typedSince) later()
  }
  const send = async (): Promise<Answer | undefined> => {
    const post = (): Promise<Response> => fetch(form.action, { method: 'POST', body: bodyOf(), redirect: 'manual' })
    let reply = await post()
    // Signed in again in another tab: the page's token is of the sign-in before, and the same page has a new one.
    if (reply.status === 403 && (await renewed())) reply = await post()
    if (reply.status >= 500) throw new Error('away')
    const isAnswer = reply.ok && (reply.headers.get('content-type') ?? '').startsWith('application/json')
    return isAnswer ? ((await reply.json()) as Answer) : undefined
  }
  const renewed = async (): Promise<boolean> => {
    const shown = await fetch(location.href, { redirect: 'manual' })
    if (!shown.ok) return false
    const page = new DOMParser().parseFromString(await shown.text(), 'text/html')
    const token = page.querySelector<HTMLInputElement>('form.trellis-writes input[name=_csrf]')
    const ours = form.querySelector<HTMLInputElement>('input[name=_csrf]')
    if (!token || !ours) return false
    ours.value = token.value
    return true
  }
  const take = ({ at, fields, wrong }: Answer): void => {
    let beside = false
    for (const name of Object.keys(fields)) {
      const { outcome, read, hints } = fields[name]!
      const versions = form.querySelector<HTMLInputElement>(`input[name="v-${name}"]`)
      if (versions) versions.value = read
      beside = beside || outcome === 'beside'
      show(name, hints)
    }
    const first = Object.keys(wrong)[0]
    if (first) state.textContent = wrong[first]!
    else if (!typedSince) say(beside ? 'beside' : 'saved', at)
  }
  const show = (name: string, hints: readonly string[]): void => {
    const place = form.querySelector<HTMLElement>(`[data-aid="${name}"]`)
    if (!place || [...place.querySelectorAll('li')].map((line) => line.textContent).join() === hints.join()) return
    const list = document.createElement('ul')
    list.className = 'govuk-list trellis-aid__list'
    for (const hint of hints) list.appendChild(document.createElement('li')).textContent = hint
    place.replaceChildren(...(hints.length ? [list] : []))
  }
  form.addEventListener('input', () => {
    typedSince = true
    say('unsaved')
    later()
  })
  form.addEventListener('submit', () => {
    typedSince = false
    clearTimeout(timer)
  })
  // A tab that is put away or closed may not come back.
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden' && typedSince) navigator.sendBeacon(form.action, bodyOf())
  })
}
