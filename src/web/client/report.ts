// The report works without this file. With it: leaving the page deletes what was typed, a phone may say where it is, and
// the page is kept for when there is no signal.
import { keepForOffline } from './offline/keep.ts'

const token = document.querySelector<HTMLInputElement>('input[name=_csrf]')?.value

/** "Exit this page" by button or by Shift three times: what was typed, or the opened receipt, does not stay behind. */
const forget = (): void => {
  if (!token) return
  const to = location.pathname.includes('/receipt') ? '/receipt/finish' : '/report/delete'
  navigator.sendBeacon(to, new URLSearchParams({ _csrf: token }))
}
new MutationObserver((_, observer) => {
  if (!document.body.classList.contains('govuk-exit-this-page-hide-content')) return
  observer.disconnect()
  forget()
}).observe(document.body, { attributes: true, attributeFilter: ['class'] })

const locate = document.querySelector<HTMLElement>('[data-locate]')
if (locate && 'geolocation' in navigator) {
  const find = <T extends HTMLElement>(selector: string) => locate.querySelector<T>(selector)!
  const button = find('[data-locate-button]')
  const forgetButton = find('[data-locate-forget]')
  const status = find('[data-locate-status]')
  const boxes = ['latitude', 'longitude'].map((name) =>
    document.querySelector<HTMLInputElement>(`input[name=${name}]`)!,
  )
  const fill = (latitude: string, longitude: string): void => {
    boxes[0]!.value = latitude
    boxes[1]!.value = longitude
    forgetButton.hidden = latitude === ''
    status.textContent = latitude && locate.dataset['found']!.replace('{point}', `${latitude}, ${longitude}`)
  }
  locate.hidden = false
  button.hidden = false
  fill(boxes[0]!.value, boxes[1]!.value)
  button.addEventListener('click', () => {
    status.textContent = locate.dataset['asking']!
    navigator.geolocation.getCurrentPosition(
      // Five decimals are about a metre: more would pretend to know.
      ({ coords }) => fill(coords.latitude.toFixed(5), coords.longitude.toFixed(5)),
      () => {
        status.textContent = locate.dataset['refused']!
      },
      { enableHighAccuracy: true, timeout: 20_000 },
    )
  })
  forgetButton.addEventListener('click', () => fill('', ''))
}

keepForOffline()
