import type { ComponentChildren } from 'preact'
import type { Attributes } from './attributes.ts'
import { classNames } from './class-names.ts'
import { Field, type FieldOptions } from './field.tsx'
import { describedBy, hasError } from './hint-and-error.tsx'
import { i18n } from './i18n.ts'

type Enhancement = {
  /** Lets govuk-frontend turn the input into a drop zone. */
  javascript?: boolean
  chooseFilesButtonText?: string
  noFileChosenText?: string
  multipleFilesChosenText?: Record<string, string>
  dropInstructionText?: string
  enteredDropZoneText?: string
  leftDropZoneText?: string
  wrapperClasses?: string
  wrapperAttributes?: Attributes
}

type FileUploadProps = FieldOptions &
  Enhancement & {
    name: string
    /** The name, unless given. */
    id?: string
    disabled?: boolean
    multiple?: boolean
    classes?: string
    attributes?: Attributes
  }

export const FileUpload = ({ name, id = name, label, hint, errorMessage, formGroup, ...rest }: FileUploadProps) => {
  const { disabled, multiple, classes, attributes, javascript, ...enhancement } = rest
  const explained = { hint, errorMessage, describedBy: rest.describedBy }
  const input = (
    <input
      class={classNames('govuk-file-upload', classes, hasError(explained) && 'govuk-file-upload--error')}
      id={id}
      name={name}
      type="file"
      disabled={disabled}
      multiple={multiple}
      aria-describedby={describedBy(id, explained)}
      {...attributes}
    />
  )
  return (
    <Field id={id} label={label} formGroup={formGroup} {...explained}>
      {formGroup?.beforeInput}
      {javascript ? <DropZone {...enhancement}>{input}</DropZone> : input}
      {formGroup?.afterInput}
    </Field>
  )
}

const DropZone = ({ children, ...words }: Enhancement & { children: ComponentChildren }) => (
  <div
    class={classNames('govuk-file-upload-wrapper', words.wrapperClasses)}
    data-module="govuk-file-upload"
    {...i18n('choose-files-button', words.chooseFilesButtonText)}
    {...i18n('no-file-chosen', words.noFileChosenText)}
    {...i18n('multiple-files-chosen', words.multipleFilesChosenText)}
    {...i18n('drop-instruction', words.dropInstructionText)}
    {...i18n('entered-drop-zone', words.enteredDropZoneText)}
    {...i18n('left-drop-zone', words.leftDropZoneText)}
    {...words.wrapperAttributes}
  >
    {children}
  </div>
)
