import { classNames } from './class-names.ts'
import { Hint } from './hint.tsx'
import { i18n } from './i18n.ts'
import { Textarea, type TextareaProps } from './textarea.tsx'

type Plural = Record<string, string>

type CharacterCountProps = TextareaProps & {
  maxlength?: number | string
  maxwords?: number | string
  /** The percentage of the limit after which the count is shown. */
  threshold?: number | string
  countType?: string
  /** Shown until JavaScript starts to count; `%{count}` is replaced by the limit. */
  textareaDescriptionText?: string
  countMessage?: { classes?: string }
  charactersUnderLimitText?: Plural
  charactersAtLimitText?: string
  charactersOverLimitText?: Plural
  wordsUnderLimitText?: Plural
  wordsAtLimitText?: string
  wordsOverLimitText?: Plural
}

export const CharacterCount = ({ name, id = name, maxlength, maxwords, threshold, ...rest }: CharacterCountProps) => {
  const { formGroup, classes, textareaDescriptionText, countMessage, ...textarea } = rest
  const countType = rest.countType || (maxwords && 'words') || undefined
  const limit = maxwords || maxlength
  const description =
    textareaDescriptionText || `You can enter up to %{count} ${countType === 'words' ? 'words' : 'characters'}`
  const attributes = {
    'data-module': 'govuk-character-count',
    'data-maxlength': maxlength,
    'data-maxwords': maxwords,
    'data-threshold': threshold,
    'data-count-type': countType,
    // A limit set in JavaScript is not known here, so the sentence travels with it.
    ...i18n('textarea-description', !limit && textareaDescriptionText ? { other: textareaDescriptionText } : undefined),
    ...i18n('characters-under-limit', rest.charactersUnderLimitText),
    ...i18n('characters-at-limit', rest.charactersAtLimitText),
    ...i18n('characters-over-limit', rest.charactersOverLimitText),
    ...i18n('words-under-limit', rest.wordsUnderLimitText),
    ...i18n('words-at-limit', rest.wordsAtLimitText),
    ...i18n('words-over-limit', rest.wordsOverLimitText),
    ...formGroup?.attributes,
  }
  const message = (
    <Hint id={`${id}-info`} classes={classNames('govuk-character-count__message', countMessage?.classes)}>
      {limit && description.replace('%{count}', String(limit))}
    </Hint>
  )
  return (
    <Textarea
      {...textarea}
      name={name}
      id={id}
      describedBy={`${id}-info`}
      classes={classNames('govuk-js-character-count', classes)}
      formGroup={{
        ...formGroup,
        classes: classNames('govuk-character-count', formGroup?.classes),
        attributes,
        afterInput: (
          <>
            {message}
            {formGroup?.afterInput}
          </>
        ),
      }}
    />
  )
}
