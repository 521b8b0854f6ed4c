// The picture of a network is whole without this. With it: a day to look back at, the picture made to fit, what is tied to
// the thing one is on stands out, and opening something further changes the page where one is.
type Words = { fit: string; actual: string; upTo: string; whole: string }

const place = document.getElementById('network')
const day_ms = 86_400_000
const dayIn = (lang: string) =>
  new Intl.DateTimeFormat(lang, { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' })

const start = (): void => {
  const stage = place?.querySelector<HTMLElement>('[data-network-stage]')
  if (!stage) return
  const words = JSON.parse(stage.dataset['words'] ?? '{}') as Words
  const tools = document.createElement('div')
  tools.className = 'trellis-network__tools trellis-screen-only'
  addTime(stage, tools, words)
  addFit(stage, tools, words)
  stage.before(tools)
  pointOut(stage)
  const middle = stage.querySelector<SVGElement>('.trellis-network__thing--middle')
  if (middle && stage.scrollWidth > stage.clientWidth) {
    const [box, all] = [middle.getBoundingClientRect(), stage.getBoundingClientRect()]
    stage.scrollLeft += box.left + box.width / 2 - all.left - all.width / 2
    stage.scrollTop += box.top + box.height / 2 - all.top - all.height / 2
  }
}

/** As it was known on a day: what was said later is pale. */
const addTime = (stage: HTMLElement, tools: HTMLElement, words: Words): void => {
  const dated = [...stage.querySelectorAll<SVGElement>('[data-first]')].filter((one) => one.dataset['first'])
  const days = dated.map((one) => Date.parse(one.dataset['first']!))
  const [first, last] = [Math.min(...days), Math.max(...days)]
  if (!(last > first)) return
  const label = document.createElement('label')
  label.className = 'trellis-network__time'
  const said = document.createElement('span')
  const range = document.createElement('input')
  range.type = 'range'
  range.min = '0'
  range.max = String(Math.round((last - first) / day_ms))
  range.value = range.max
  const format = dayIn('en-GB')
  const show = (): void => {
    const at = first + Number(range.value) * day_ms
    const text = `${words.upTo} ${format.format(at)}`
    said.textContent = text
    range.setAttribute('aria-valuetext', text)
    dated.forEach((one, i) => one.classList.toggle('trellis-network__later', days[i]! > at))
  }
  range.addEventListener('input', show)
  label.append(said, range)
  tools.append(label)
  show()
}

const addFit = (stage: HTMLElement, tools: HTMLElement, words: Words): void => {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'govuk-button govuk-button--secondary'
  const write = (): void => {
    button.textContent = stage.classList.contains('trellis-network--fit') ? words.actual : words.fit
  }
  button.addEventListener('click', () => {
    stage.classList.toggle('trellis-network--fit')
    write()
  })
  // A little too wide is better seen whole; much too wide is better read.
  const wide = stage.scrollWidth / stage.clientWidth
  if (wide > 1 && wide < 1.5) stage.classList.add('trellis-network--fit')
  write()
  tools.append(button)
}

/** What is not tied to the thing under the pointer, or with the focus, steps back. */
const pointOut = (stage: HTMLElement): void => {
  const things = [...stage.querySelectorAll<SVGElement>('[data-thing]')]
  const ties = [...stage.querySelectorAll<SVGElement>('[data-a]')]
  const show = (on: SVGElement | undefined): void => {
    const number = on?.dataset['thing']
    const near = new Set([number])
    for (const tie of ties) {
      const { a, b } = tie.dataset
      const here = number === undefined || a === number || b === number
      if (here) near.add(a).add(b)
      tie.classList.toggle('trellis-network__far', !here)
    }
    for (const thing of things)
      thing.classList.toggle('trellis-network__far', number !== undefined && !near.has(thing.dataset['thing']))
  }
  for (const thing of things) {
    thing.addEventListener('mouseenter', () => show(thing))
    thing.addEventListener('focus', () => show(thing))
    thing.addEventListener('mouseleave', () => show(undefined))
    thing.addEventListener('blur', () => show(undefined))
  }
}

/** Puts the answer's network where this one is; the address says what is shown, so that Back and a reload work. */
const swap = async (address: string, keep: boolean): Promise<void> => {
  const answer = await fetch(address, { headers: { accept: 'text/html' }, credentials: 'same-origin' })
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById('network')
  if (!answer.ok || !fresh || !place) {
    location.assign(address)
    return
  }
  place.replaceChildren(...fresh.childNodes)
  if (keep) history.pushState({}, '', address)
  start()
  const told = place.querySelector<HTMLElement>('#path') ?? place.querySelector<HTMLElement>('#picture')
  told?.setAttribute('tabindex', '-1')
  told?.focus({ preventScroll: true })
  told?.scrollIntoView({ block: 'start' })
}

place?.addEventListener('click', (event) => {
  const link = (event.target as Element).closest<HTMLAnchorElement>('a[data-network-swap]')
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return
  event.preventDefault()
  void swap(link.href, true).catch(() => location.assign(link.href))
})
addEventListener('popstate', () => {
  if (!location.hash) void swap(location.href, false).catch(() => location.reload())
})

/** A picture of very many things is drawn beside the page: it is looked for again until it is there. */
const waiting = (tries: number): void => {
  if (!place?.querySelector('[data-network-drawing]') || tries === 0) return
  setTimeout(() => {
    void swap(location.href, false)
      .then(() => waiting(tries - 1))
      .catch(() => {})
  }, 1500)
}

start()
waiting(8)
