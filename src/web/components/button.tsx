import type { ComponentChildren } from 'preact'
import type { Attributes } from './attributes.ts'
import { classNames } from './class-names.ts'
import { safeHref } from './safe-href.ts'

export type ButtonProps = {
  children?: ComponentChildren
  /** Renders a link that looks like a button. */
  href?: string
  type?: 'submit' | 'button' | 'reset'
  name?: string
  value?: string | number
  disabled?: boolean
  preventDoubleClick?: boolean
  isStartButton?: boolean
  id?: string
  classes?: string
  attributes?: Attributes
}

export const Button = ({ children, href, type = 'submit', name, value, ...rest }: ButtonProps) => {
  const { disabled, preventDoubleClick, isStartButton, id, classes, attributes } = rest
  const common = {
    class: classNames('govuk-button', classes, isStartButton && 'govuk-button--start'),
    'data-module': 'govuk-button',
    id,
    ...attributes,
  }
  const content = isStartButton ? <StartContent>{children}</StartContent> : children
  return href ? (
    <a href={safeHref(href)} role="button" draggable={false} {...common}>
      {content}
    </a>
  ) : (
    <button
      type={type}
      value={value}
      name={name}
      disabled={disabled}
      aria-disabled={disabled || undefined}
      data-prevent-double-click={preventDoubleClick}
      {...common}
    >
      {content}
    </button>
  )
}

/** A start button is a flex box, which drops the spaces between elements: anything but plain text needs one wrapper. */
const StartContent = ({ children }: { children: ComponentChildren }) => (
  <>
    {typeof children === 'string' ? children : <span>{children}</span>}{' '}
    <svg
      class="govuk-button__start-icon"
      xmlns="http://www.w3.org/2000/svg"
      width="17.5"
      height="19"
      viewBox="0 0 33 40"
      aria-hidden="true"
      focusable="false"
    >
      <path fill="currentColor" d="M0 0h13l20 20-20 20H0l20-20z" />
    </svg>
  </>
)
