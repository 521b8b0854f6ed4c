import type { ComponentChildren } from 'preact'

/** A text with stretches marked: what is looked at, and what is hidden from the person. */
export const Marked = (props: {
  text: string
  spans: readonly { from: number; to: number; hide?: boolean; said?: string }[]
}) => {
  const { text } = props
  const parts: ComponentChildren[] = []
  let at = 0
  for (const { from, to, hide, said } of [...props.spans].sort((a, b) => a.from - b.from)) {
    // Of two that overlap the second goes on where the first ended.
    if (to <= at) continue
    const start = Math.max(at, from)
    parts.push(text.slice(at, start))
    const words = text.slice(start, to)
    parts.push(hide || said === 'hide' ? <del class="trellis-hidden">{words}</del> : <mark>{words}</mark>)
    at = to
  }
  parts.push(text.slice(at))
  return (
    <blockquote class="govuk-inset-text trellis-words" dir="auto">
      {parts}
    </blockquote>
  )
}
