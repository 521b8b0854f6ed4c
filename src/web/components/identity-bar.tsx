import type { ComponentChildren } from 'preact'
import type { Attributes } from './attributes.ts'
import { ButtonMenu, type ButtonMenuProps } from './button-menu.tsx'
import { classNames } from './class-names.ts'

type IdentityBarProps = {
  title: ComponentChildren
  /** What else says who this is, after the title. */
  children?: ComponentChildren
  menus?: ButtonMenuProps[]
  classes?: string
  attributes?: Attributes
}

export const IdentityBar = ({ title, children, menus = [], classes, attributes }: IdentityBarProps) => (
  <div class={classNames('moj-identity-bar', classes)} {...attributes}>
    <div class="moj-identity-bar__container">
      <div class="moj-identity-bar__details">
        <span class="moj-identity-bar__title">{title}</span> {children}
      </div>
      {menus.length > 0 && (
        <div class="moj-identity-bar__actions">
          {menus.map((menu) => (
            <div class="moj-identity-bar__menu">
              <ButtonMenu {...menu} />
            </div>
          ))}
        </div>
      )}
    </div>
  </div>
)
