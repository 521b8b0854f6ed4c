import type { Ask } from '../../web/index.ts'

/** 999 comes before everything else. */
export const Danger = ({ ask }: { ask: Ask }) => {
  const { home } = ask.w.guidance
  return (
    <p class="trellis-danger">
      <strong>{home.danger}</strong>{' '}
      <span>
        <a href="tel:999">{home.call}</a>. {home.dangerRest}
      </span>
    </p>
  )
}
