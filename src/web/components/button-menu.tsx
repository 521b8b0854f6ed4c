import type { Attributes } from './attributes.ts'
import { Button, type ButtonProps } from './button.tsx'
import { classNames } from './class-names.ts'
import type { Words } from './words.ts'

export type ButtonMenuProps = {
  /** Buttons in a row, which the browser's JavaScript folds into one menu when there are several. */
  items: (Omit<ButtonProps, 'children'> & { text: Words })[]
  button?: { text?: string; classes?: string }
  alignMenu?: 'left' | 'right'
  classes?: string
  attributes?: Attributes
}

export const ButtonMenu = ({ items, button, alignMenu, classes, attributes }: ButtonMenuProps) => (
  <div
    class={classNames('moj-button-menu', classes)}
    data-module="moj-button-menu"
    {...attributes}
    data-button-text={button?.text}
    data-button-classes={button?.classes}
    data-align-menu={alignMenu}
  >
    {items.map(({ text, ...item }) => (
      <Button {...item} classes={classNames('moj-button-menu__item govuk-button--secondary', item.classes)}>
        {text}
      </Button>
    ))}
  </div>
)
