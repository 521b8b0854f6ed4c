import type { Ask } from '../../web/index.ts'

export const SearchBox = ({ ask, q = '', hint = true }: { ask: Ask; q?: string; hint?: boolean }) => {
  const { search } = ask.w.guidance
  return (
    <form class="trellis-search" action={ask.href('/signs/search')} method="get" role="search">
      <label class="govuk-label govuk-label--s" for="q">
        {search.label}
      </label>
      {hint && (
        <div id="q-hint" class="govuk-hint">
          {search.hint}
        </div>
      )}
      <div class="trellis-search__row">
        <input
          class="govuk-input"
          id="q"
          name="q"
          type="search"
          value={q}
          maxLength={200}
          aria-describedby={hint ? 'q-hint' : undefined}
        />
        <button class="govuk-button" data-module="govuk-button">
          {search.button}
        </button>
      </div>
    </form>
  )
}
