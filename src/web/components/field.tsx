import type { ComponentChildren } from 'preact'
import { FormGroup, type FormGroupOptions } from './form-group.tsx'
import { hasError, HintAndError, type Explained } from './hint-and-error.tsx'
import { Label, type LabelOptions } from './label.tsx'
import { worded, type Worded } from './words.ts'

export type FieldOptions = Explained & {
  label?: Worded<LabelOptions>
  formGroup?: FormGroupOptions
}

type FieldProps = FieldOptions & { id: string; children: ComponentChildren }

/** One control with its label, hint and error. */
export const Field = ({ id, label, formGroup, children, ...explained }: FieldProps) => {
  const { text, ...labelOptions } = worded(label)
  return (
    <FormGroup {...formGroup} hasError={hasError(explained)}>
      <Label {...labelOptions} for={id}>
        {text}
      </Label>
      <HintAndError id={id} {...explained} />
      {children}
    </FormGroup>
  )
}
