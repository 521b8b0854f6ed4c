import { ErrorMessage, type ErrorMessageOptions } from './error-message.tsx'
import { Hint } from './hint.tsx'
import { hasWords, worded, type Worded } from './words.ts'

export type Explained = {
  hint?: Worded
  errorMessage?: Worded<ErrorMessageOptions>
  describedBy?: string
}

type HintAndErrorProps = Explained & { id: string }

export const HintAndError = ({ id, hint, errorMessage }: HintAndErrorProps) => {
  const { text: hintText, ...hintOptions } = worded(hint)
  const { text: errorText, ...errorOptions } = worded(errorMessage)
  return (
    <>
      {hasWords(hintText) && (
        <Hint id={`${id}-hint`} {...hintOptions}>
          {hintText}
        </Hint>
      )}
      {hasError({ errorMessage }) && (
        <ErrorMessage id={`${id}-error`} {...errorOptions}>
          {errorText}
        </ErrorMessage>
      )}
    </>
  )
}

export const hasError = ({ errorMessage }: Explained) => hasWords(worded(errorMessage).text)

/** The ids that a control's `aria-describedby` names: what the caller gave, then the hint, then the error. */
export const describedBy = (id: string, explained: Explained) =>
  [explained.describedBy, hasWords(worded(explained.hint).text) && `${id}-hint`, hasError(explained) && `${id}-error`]
    .filter(Boolean)
    .join(' ') || undefined
