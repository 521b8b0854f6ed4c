import type { ComponentChildren } from 'preact'
import type { Attributes } from './attributes.ts'
import { classNames } from './class-names.ts'
import { hasWords } from './words.ts'

type ActionBarProps = {
  /** Where the button that shows and hides the filters goes, set apart from the other actions. */
  filter?: ComponentChildren
  children?: ComponentChildren
  classes?: string
  attributes?: Attributes
}

export const ActionBar = ({ filter, children, classes, attributes }: ActionBarProps) => (
  <div class={classNames('moj-action-bar', classes)} {...attributes}>
    {hasWords(filter) && <div class="moj-action-bar__filter">{filter}</div>}
    {children}
  </div>
)
