// While many people write at once, this works a little so that its reader need not wait: it looks for a number that gives
// a hash with enough zeros, then sends the report. Without it one waits twenty seconds instead.
import { sha256 } from './offline/sha256.ts'

const form = document.querySelector<HTMLFormElement>('form#wait')
const nonce = form?.querySelector<HTMLInputElement>('input[name=nonce]')
const ticket = form?.querySelector<HTMLInputElement>('input[name=ticket]')?.value
if (form && nonce && ticket) {
  const shift = 32 - Number(nonce.dataset['bits'])
  let tried = 0
  // In small helpings, so that an old phone still scrolls and the button still answers.
  const work = (): void => {
    const until = performance.now() + 40
    while (performance.now() < until) {
      if (sha256(`${ticket}:${tried}`) >>> shift === 0) {
        nonce.value = String(tried)
        form.submit()
        return
      }
      tried++
    }
    setTimeout(work, 5)
  }
  work()
}
