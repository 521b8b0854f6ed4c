import type { ComponentChildren } from 'preact'

export type Text = { id: string; by: string; words: string }

/** Texts of one answer that two people wrote at the same time, or that followed each other: side by side, each with whose it is. */
export const Both = ({ texts, children }: { texts: readonly Text[]; children?: ComponentChildren }) => (
  <div class="trellis-both">
    {texts.map(({ id, by, words }) => (
      <section key={id} class="trellis-both__one">
        <p class="trellis-both__by">{by}</p>
        <p class="govuk-body trellis-words" dir="auto">
          {words}
        </p>
      </section>
    ))}
    {children}
  </div>
)
