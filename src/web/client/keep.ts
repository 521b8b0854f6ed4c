// Keeps what is being typed, a moment after each pause, so that a closed lid or a lost connection takes nothing.
const form = document.querySelector<HTMLFormElement>('form.trellis-keeps')
const state = form?.querySelector<HTMLElement>('[data-autosaved]')

if (form && state) {
  let timer = 0
  const keep = async (): Promise<void> => {
    const body = new URLSearchParams()
    for (const [name, value] of new FormData(form)) if (typeof value === 'string') body.append(name, value)
    body.append('do', 'keep')
    const answer = await fetch(form.action, { method: 'POST', body, credentials: 'same-origin', redirect: 'manual' })
    // A redirect is how a kept form is answered; anything else stays silent and is tried again with the next word.
    if (answer.type === 'opaqueredirect') state.textContent = state.dataset['autosaved'] ?? ''
  }
  form.addEventListener('input', () => {
    state.textContent = ''
    clearTimeout(timer)
    timer = window.setTimeout(() => void keep().catch(() => {}), 1500)
  })
  form.addEventListener('submit', () => clearTimeout(timer))
}
