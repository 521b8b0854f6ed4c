import type { ComponentChildren } from 'preact'
import { Fieldset, type FieldsetOptions } from './fieldset.tsx'
import { FormGroup, type FormGroupOptions } from './form-group.tsx'
import { describedBy, hasError, HintAndError, type Explained } from './hint-and-error.tsx'

export type QuestionOptions = Explained & {
  fieldset?: FieldsetOptions
  formGroup?: FormGroupOptions
}

type QuestionProps = QuestionOptions & { id: string; children: ComponentChildren }

/** Several controls that answer one question, with its legend, hint and error. */
export const Question = ({ id, fieldset, formGroup, children, ...explained }: QuestionProps) => {
  const answers = (
    <>
      <HintAndError id={id} {...explained} />
      {children}
    </>
  )
  const described = { ...explained, describedBy: fieldset?.describedBy ?? explained.describedBy }
  return (
    <FormGroup {...formGroup} hasError={hasError(explained)}>
      {fieldset ? (
        <Fieldset {...fieldset} describedBy={describedBy(id, described)}>
          {answers}
        </Fieldset>
      ) : (
        answers
      )}
    </FormGroup>
  )
}
