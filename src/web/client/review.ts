// Keys for whoever answers many pairs: a digit answers, the right arrow or Enter goes on. They can be turned off, since one
// key alone is pressed by accident too, and by speech input.
const box = document.getElementById('review')
const stored = 'trellis review keys'

const remembered = (): string | null => {
  try {
    return localStorage.getItem(stored)
  } catch {
    return null
  }
}

if (box) {
  let on = remembered() !== 'off'
  const said = document.createElement('p')
  said.className = 'govuk-hint'
  const words = document.createElement('span')
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'govuk-button govuk-button--secondary trellis-button--small'
  const show = (): void => {
    words.textContent = on ? `${box.dataset['keys']} ` : ''
    button.textContent = (on ? box.dataset['off'] : box.dataset['on']) ?? ''
  }
  button.addEventListener('click', () => {
    on = !on
    try {
      localStorage.setItem(stored, on ? 'on' : 'off')
    } catch {
      // Kept for this page only.
    }
    show()
  })
  said.append(words, button)
  box.before(said)
  show()

  addEventListener('keydown', (event) => {
    const target = event.target instanceof HTMLElement ? event.target : document.body
    if (!on || event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.repeat) return
    if (target.matches('textarea, select, input:not([type=radio])')) return
    const radios = [...box.querySelectorAll<HTMLInputElement>('input[type=radio][name=answer]')]
    const chosen = radios[Number(event.key) - 1]
    if (chosen) {
      event.preventDefault()
      chosen.checked = true
      chosen.form?.requestSubmit()
      return
    }
    // What has the focus keeps its own keys.
    if (target.closest('a, button, summary, input')) return
    if (event.key === 'ArrowRight' || event.key === 'Enter')
      document.querySelector<HTMLAnchorElement>('a[data-next]')?.click()
  })
}
