import { Button } from './button.tsx'
import { classNames } from './class-names.ts'
import { i18n } from './i18n.ts'
import { Input, type InputProps } from './input.tsx'

type PasswordInputProps = Omit<
  InputProps,
  'type' | 'inputmode' | 'spellcheck' | 'autocapitalize' | 'prefix' | 'suffix' | 'inputWrapper'
> & {
  button?: { classes?: string }
  showPasswordText?: string
  hidePasswordText?: string
  showPasswordAriaLabelText?: string
  hidePasswordAriaLabelText?: string
  passwordShownAnnouncementText?: string
  passwordHiddenAnnouncementText?: string
}

export const PasswordInput = ({ name, id = name, formGroup, classes, autocomplete, ...rest }: PasswordInputProps) => {
  const attributes = {
    'data-module': 'govuk-password-input',
    ...i18n('show-password', rest.showPasswordText),
    ...i18n('hide-password', rest.hidePasswordText),
    ...i18n('show-password-aria-label', rest.showPasswordAriaLabelText),
    ...i18n('hide-password-aria-label', rest.hidePasswordAriaLabelText),
    ...i18n('password-shown-announcement', rest.passwordShownAnnouncementText),
    ...i18n('password-hidden-announcement', rest.passwordHiddenAnnouncementText),
    ...formGroup?.attributes,
  }
  const toggle = (
    <Button
      type="button"
      classes={classNames(
        'govuk-button--secondary govuk-password-input__toggle govuk-js-password-input-toggle',
        rest.button?.classes,
      )}
      attributes={{
        'aria-controls': id,
        'aria-label': rest.showPasswordAriaLabelText ?? 'Show password',
        hidden: true,
      }}
    >
      {rest.showPasswordText ?? 'Show'}
    </Button>
  )
  return (
    <Input
      {...rest}
      name={name}
      id={id}
      type="password"
      spellcheck={false}
      autocapitalize="none"
      autocomplete={autocomplete ?? 'current-password'}
      classes={classNames('govuk-password-input__input govuk-js-password-input-input', classes)}
      inputWrapper={{ classes: 'govuk-password-input__wrapper' }}
      formGroup={{
        ...formGroup,
        classes: classNames('govuk-password-input', formGroup?.classes),
        attributes,
        afterInput: (
          <>
            {toggle}
            {formGroup?.afterInput}
          </>
        ),
      }}
    />
  )
}
