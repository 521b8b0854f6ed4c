// Asks the browser for a passkey when the button is pressed, and sends what it says with the form. If the person stops
// halfway, nothing is sent and they can press again.
import { startAuthentication, startRegistration } from '@simplewebauthn/browser'

type Asked = Parameters<typeof startRegistration>[0]['optionsJSON'] &
  Parameters<typeof startAuthentication>[0]['optionsJSON']

for (const part of document.querySelectorAll<HTMLElement>('[data-passkey]')) {
  const form = part.closest('form')
  const answer = part.querySelector<HTMLInputElement>(`input[name="${part.dataset['field']}"]`)
  if (!form || !answer || !window.PublicKeyCredential) continue
  form.classList.add('trellis-passkey--ready')
  form.addEventListener('submit', (event) => {
    if (answer.value) return
    event.preventDefault()
    void ask(part).then((given) => {
      answer.value = JSON.stringify(given)
      form.submit()
    })
  })
}

/** The browser's answer, or word of why there is none: the page then says it in plain words. */
const ask = async ({ dataset }: HTMLElement): Promise<unknown> => {
  const optionsJSON = JSON.parse(dataset['options'] ?? '{}') as Asked
  try {
    return await (dataset['passkey'] === 'register'
      ? startRegistration({ optionsJSON })
      : startAuthentication({ optionsJSON }))
  } catch (error) {
    return { refused: error instanceof Error ? error.name : 'Error' }
  }
}
