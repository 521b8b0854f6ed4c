// Everything works without this file. With it: the error summary takes the focus, hidden answers unfold, Shift three
// times leaves the page, a double press sends once.
import {
  Button,
  CharacterCount,
  Checkboxes,
  createAll,
  ErrorSummary,
  ExitThisPage,
  NotificationBanner,
  PasswordInput,
  Radios,
  SkipLink,
  Tabs,
} from 'govuk-frontend'

document.body.classList.add('js-enabled')
if ('noModule' in HTMLScriptElement.prototype) document.body.classList.add('govuk-frontend-supported')
for (const component of [Button, CharacterCount, Checkboxes, ErrorSummary, ExitThisPage, NotificationBanner, PasswordInput, Radios, SkipLink, Tabs])
  createAll(component as typeof Button)
