// The map on which a pin can be put: fetched when somebody opens it. Everything is in the units of the drawing, 100 m each;
// names, dots, cross and pin stay as large as they are on the screen at every zoom.
import { labelsThatFit, pinShape, type Label } from '../labels.ts'
import { nearInWords, type NearWords } from '../near.ts'
import { hearPoint, tellPoint } from './place/point.ts'

type Spot = { x: number; y: number }
type Named = Label & Spot & { element: SVGElement; rank: number; place?: string }

const place = document.querySelector<HTMLElement>('[data-point]')!
const panel = place.querySelector<HTMLElement>('[data-map]')!
const stage = panel.querySelector<HTMLElement>('[data-map-stage]')!
const says = panel.querySelector<HTMLElement>('[data-map-says]')!
const fontSize = 14
/** The map is drawn roughly: closer than this it would pretend to know. */
const closest = 12

const start = (svg: SVGSVGElement): void => {
  const given = (name: string) => Number(svg.dataset[name])
  const [, , width, height] = svg.getAttribute('viewBox')!.split(' ').map(Number) as [number, number, number, number]
  const near = JSON.parse(panel.dataset['near']!) as NearWords
  const areas = [...svg.querySelectorAll<SVGPathElement>('[data-area]')]
  const names = [...svg.querySelectorAll<SVGElement>('[data-label]')].map(readName)
  const cross = shape('trellis-map__cross', 'M-18 0H-6M6 0H18M0-18V-6M0 6V18')
  const pin = shape('trellis-map__pin', pinShape)
  svg.append(cross, pin)

  let view = { x: 0, y: 0, width, height }
  let aim: Spot = { x: width / 2, y: height / 2 }
  let pinned: Spot | undefined

  /** Units of the drawing for one pixel. */
  const unit = () => view.width / stage.clientWidth
  const whole = () => {
    const ratio = stage.clientWidth / stage.clientHeight
    const wide = Math.max(width, height * ratio)
    return { x: (width - wide) / 2, y: (height - wide / ratio) / 2, width: wide, height: wide / ratio }
  }

  const look = (wanted: { x: number; y: number; width: number }): void => {
    const most = whole()
    const w = Math.min(most.width, Math.max(most.width / closest, wanted.width))
    const h = (w * most.height) / most.width
    const within = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value))
    view = {
      x: within(wanted.x, most.x, most.x + most.width - w),
      y: within(wanted.y, most.y, most.y + most.height - h),
      width: w,
      height: h,
    }
    stage.toggleAttribute('data-close', w < most.width * 0.99)
    draw()
  }
  const zoom = (by: number, about: Spot): void => {
    const w = by === 0 ? whole().width : view.width / by
    const kept = w / view.width
    look({ x: about.x - (about.x - view.x) * kept, y: about.y - (about.y - view.y) * kept, width: w })
  }

  const draw = (): void => {
    const size = unit()
    svg.setAttribute('viewBox', `${view.x} ${view.y} ${view.width} ${view.height}`)
    svg.setAttribute('font-size', String(fontSize * size))
    // Few names when much is in view, all of them close up.
    const shown = names.filter(({ rank }) => rank <= (size > 1.6 ? 1 : size > 0.8 ? 2 : 3))
    const standing = labelsThatFit(
      shown.map((name) => ({ ...name, name })),
      fontSize * size,
      [view.x, view.x + view.width],
    )
    const fitting = new Map(standing.map(({ name, before }) => [name, before]))
    for (const name of names) {
      name.element.toggleAttribute('data-away', !shown.includes(name))
      name.element.toggleAttribute('data-unnamed', !fitting.has(name))
      const text = name.element.querySelector('text')
      text?.setAttribute('text-anchor', fitting.get(name) ? 'end' : 'start')
      text?.setAttribute('dx', fitting.get(name) ? '-.5em' : '.5em')
    }
    stand(cross, aim, size)
    stand(pin, pinned, size)
  }

  const inWords = ({ x, y }: Spot): string => {
    const point = svg.createSVGPoint()
    point.x = x
    point.y = y
    const area = areas.find((path) => path.isPointInFill(point))?.dataset['area']
    const far = (spot: Spot) => Math.hypot(spot.x - x, spot.y - y)
    const places = names.filter((name) => name.place !== undefined)
    const next = places.reduce<Named | undefined>((a, b) => (a && far(a) <= far(b) ? a : b), undefined)
    return nearInWords(
      near,
      { area, place: next && far(next) <= given('near') ? next.place : undefined },
      panel.dataset['around']!,
    )
  }

  const put = (spot: Spot): void => {
    says.textContent = ''
    tellPoint(place, {
      // Three decimals are about 100 m, as fine as a finger on this map.
      latitude: (given('north') - spot.y / given('down')).toFixed(3),
      longitude: (given('west') + spot.x / given('across')).toFixed(3),
      near: inWords(spot),
    })
  }
  const fromForm = (): Spot | undefined => {
    const [latitude, longitude] = ['latitude', 'longitude'].map(
      (name) => document.querySelector<HTMLInputElement>(`input[name=${name}]`)!.value,
    )
    if (!latitude || !longitude) return undefined
    return {
      x: (Number(longitude) - given('west')) * given('across'),
      y: (given('north') - Number(latitude)) * given('down'),
    }
  }
  const follow = (): void => {
    pinned = fromForm()
    if (pinned) aim = pinned
    draw()
  }
  hearPoint(place, follow)

  let saying = 0
  /** Keys that repeat would talk over each other: only where the cross comes to rest is said. */
  const sayWhere = (): void => {
    clearTimeout(saying)
    saying = window.setTimeout(() => {
      says.textContent = panel.dataset['cross']!.replace('{near}', inWords(aim))
    }, 250)
  }
  const move = (dx: number, dy: number): void => {
    const step = 16 * unit()
    const most = whole()
    aim = {
      x: Math.min(most.x + most.width, Math.max(most.x, aim.x + dx * step)),
      y: Math.min(most.y + most.height, Math.max(most.y, aim.y + dy * step)),
    }
    const edge = 2 * step
    const x = Math.min(aim.x - edge, Math.max(view.x, aim.x + edge - view.width))
    const y = Math.min(aim.y - edge, Math.max(view.y, aim.y + edge - view.height))
    look({ x, y, width: view.width })
    sayWhere()
  }
  const keys: Record<string, () => void> = {
    ArrowLeft: () => move(-1, 0),
    ArrowRight: () => move(1, 0),
    ArrowUp: () => move(0, -1),
    ArrowDown: () => move(0, 1),
    Enter: () => put(aim),
    ' ': () => put(aim),
    Delete: () => tellPoint(place, null),
    Backspace: () => tellPoint(place, null),
    '+': () => zoom(2, aim),
    '=': () => zoom(2, aim),
    '-': () => zoom(0.5, aim),
  }
  stage.addEventListener('keydown', (event) => {
    const act = keys[event.key]
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    stage.toggleAttribute('data-keys', true)
    act()
  })
  stage.addEventListener('focus', () => {
    if (!stage.matches(':focus-visible')) return
    stage.toggleAttribute('data-keys', true)
    sayWhere()
  })
  stage.addEventListener('blur', () => stage.removeAttribute('data-keys'))

  const spotAt = ({ clientX, clientY }: { clientX: number; clientY: number }): Spot => {
    const { left, top } = svg.getBoundingClientRect()
    return { x: view.x + (clientX - left) * unit(), y: view.y + (clientY - top) * unit() }
  }
  const fingers = new Map<number, PointerEvent>()
  let from: PointerEvent | undefined
  stage.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return
    stage.removeAttribute('data-keys')
    fingers.set(event.pointerId, event)
    // A second finger makes a pinch of it, and a pinch puts no pin.
    from = fingers.size === 1 ? event : undefined
    stage.setPointerCapture(event.pointerId)
  })
  stage.addEventListener('pointermove', (event) => {
    const before = fingers.get(event.pointerId)
    if (!before) return
    if (from && Math.hypot(event.clientX - from.clientX, event.clientY - from.clientY) < 6) return
    from = undefined
    fingers.set(event.pointerId, event)
    const other = [...fingers.values()].find(({ pointerId }) => pointerId !== event.pointerId)
    if (!other)
      return look({
        x: view.x - (event.clientX - before.clientX) * unit(),
        y: view.y - (event.clientY - before.clientY) * unit(),
        width: view.width,
      })
    const apart = (one: PointerEvent) => Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY) || 1
    zoom(apart(event) / apart(before), spotAt(other))
  })
  stage.addEventListener('pointerup', (event) => {
    if (fingers.delete(event.pointerId) && from) put(spotAt(event))
    from = undefined
  })
  stage.addEventListener('pointercancel', (event) => {
    fingers.delete(event.pointerId)
    from = undefined
  })
  // A pinch on a touchpad. The wheel alone keeps scrolling the page.
  stage.addEventListener(
    'wheel',
    (event) => {
      if (!event.ctrlKey) return
      event.preventDefault()
      zoom(event.deltaY < 0 ? 1.2 : 1 / 1.2, spotAt(event))
    },
    { passive: false },
  )
  for (const button of panel.querySelectorAll<HTMLElement>('[data-zoom]'))
    button.addEventListener('click', () => zoom(Number(button.dataset['zoom']), pinned ?? aim))

  new ResizeObserver(() => {
    if (stage.clientWidth) look({ ...view, width: stage.hasAttribute('data-close') ? view.width : Infinity })
  }).observe(stage)
  look(whole())
  follow()
}

const readName = (element: SVGElement): Named => {
  const { x, y, label, rank, place } = element.dataset
  const [left, down] = [Number(x), Number(y)]
  return { element, x: left, y: down, text: label!, rank: Number(rank), place, middle: place === undefined }
}

const shape = (name: string, d: string): SVGPathElement => {
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path')
  path.setAttribute('class', name)
  path.setAttribute('d', d)
  return path
}

const stand = (path: SVGPathElement, at: Spot | undefined, size: number): void => {
  path.toggleAttribute('data-away', !at)
  if (at) path.setAttribute('transform', `translate(${at.x} ${at.y}) scale(${size})`)
}

const open = async (): Promise<void> => {
  says.textContent = panel.dataset['loading']!
  const answer = await fetch(panel.dataset['map']!)
  if (!answer.ok) throw new Error(`the map was answered with ${answer.status}`)
  const drawn = new DOMParser().parseFromString(await answer.text(), 'image/svg+xml').documentElement
  stage.replaceChildren(document.adoptNode(drawn))
  says.textContent = ''
  start(drawn as unknown as SVGSVGElement)
}
open().catch(() => {
  says.textContent = place.dataset['failed']!
})
