// Everything works without this file. With it: the error summary takes the focus, Shift three
// times leaves the page, a double press sends once.
import {
  Button,
  CharacterCount,
  createAll,
  ErrorSummary,
  ExitThisPage,
  NotificationBanner,
  PasswordInput,
  SkipLink,
  Tabs,
} from 'govuk-frontend'

document.body.classList.add('js-enabled')
if ('noModule' in HTMLScriptElement.prototype) document.body.classList.add('govuk-frontend-supported')
for (const component of [
  Button,
  CharacterCount,
  ErrorSummary,
  ExitThisPage,
  NotificationBanner,
  PasswordInput,
  SkipLink,
  Tabs,
])
  createAll(component as typeof Button)

// A report written without signal may lie on this phone, or its receipt. Only the service worker knows, and on a first
// visit there is none: nothing more is fetched to ask.
const keptHere = document.querySelector<HTMLElement>('[data-kept-here]')
const worker = navigator.serviceWorker?.controller
if (keptHere && worker) {
  navigator.serviceWorker.addEventListener('message', ({ data }: MessageEvent<{ kept?: number }>) => {
    if (data.kept) keptHere.hidden = false
  })
  navigator.serviceWorker.startMessages()
  worker.postMessage({ kept: true })
}
