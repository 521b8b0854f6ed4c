// The report works without this file. With it: leaving the page deletes what was typed, a phone may say where it is, a map
// can be asked for, and the page is kept for when there is no signal.
import { keepForOffline } from './offline/keep.ts'
import { hearPoint, tellPoint } from './place/point.ts'

const token = document.querySelector<HTMLInputElement>('input[name=_csrf]')?.value

/** "Exit this page" by button or by Shift three times: what was typed, or the opened receipt, does not stay behind. */
const forget = (): void => {
  if (!token) return
  const to = location.pathname.includes('/receipt') ? '/receipt/finish' : '/report/delete'
  navigator.sendBeacon(to, new URLSearchParams({ _csrf: token }))
}
const isLeaving = (): boolean => document.body.classList.contains('govuk-exit-this-page-hide-content')
// On a slow phone somebody may have left before this script came.
if (isLeaving()) forget()
else
  new MutationObserver((_, observer) => {
    if (!isLeaving()) return
    observer.disconnect()
    forget()
  }).observe(document.body, { attributes: true, attributeFilter: ['class'] })

const place = document.querySelector<HTMLElement>('[data-point]')
if (place) {
  const find = (selector: string) => place.querySelector<HTMLElement>(selector)
  const says = find('[data-point-says]')!
  const remove = find('[data-point-remove]')!
  const [latitude, longitude] = ['latitude', 'longitude'].map((name) =>
    document.querySelector<HTMLInputElement>(`input[name=${name}]`)!,
  ) as [HTMLInputElement, HTMLInputElement]

  hearPoint(place, (point) => {
    latitude.value = point?.latitude ?? ''
    longitude.value = point?.longitude ?? ''
    // The one button that can go takes the focus with it, so the focus is handed on first.
    if (!point && document.activeElement === remove) find('[data-map-open]:not([hidden]), [data-locate]')?.focus()
    remove.hidden = !point
    says.textContent = point
      ? place.dataset['found']!.replace(
          '{point}',
          [point.latitude, point.longitude, point.near].filter(Boolean).join(', '),
        )
      : place.dataset['removed']!
  })
  remove.hidden = latitude.value === ''
  remove.addEventListener('click', () => tellPoint(place, null))

  const locate = find('[data-locate]')!
  locate.hidden = !('geolocation' in navigator)
  locate.addEventListener('click', () => {
    says.textContent = place.dataset['asking']!
    navigator.geolocation.getCurrentPosition(
      // Five decimals are about a metre: more would pretend to know.
      ({ coords }) =>
        tellPoint(place, { latitude: coords.latitude.toFixed(5), longitude: coords.longitude.toFixed(5) }),
      () => {
        says.textContent = place.dataset['refused']!
      },
      { enableHighAccuracy: true, timeout: 20_000 },
    )
  })

  const open = find('[data-map-open]')
  const address = document.querySelector<HTMLElement>('script[data-asked]')?.dataset['asked']
  if (open && address) {
    const panel = find('[data-map]')!
    let tries = 0
    open.hidden = false
    open.addEventListener('click', () => {
      panel.hidden = !panel.hidden
      open.setAttribute('aria-expanded', String(!panel.hidden))
      if (panel.hidden || panel.querySelector('svg')) return
      const script = document.createElement('script')
      script.type = 'module'
      // A module runs once for each address: whoever tries again after a failure asks under another.
      script.src = tries ? `${address}?${tries}` : address
      tries++
      script.addEventListener('error', () => {
        panel.hidden = true
        open.setAttribute('aria-expanded', 'false')
        says.textContent = place.dataset['failed']!
      })
      document.head.append(script)
    })
  }
}

keepForOffline()
