import { z } from 'zod'
import { agencyNames } from '../../../partnership/index.ts'
import { Checkboxes, errorFor, Radios, ticked, typed, type Ask, type FieldError } from '../../../web/index.ts'
import type { Through } from '../../gate.ts'
import { readerKinds, type ReaderKind, type Readers } from '../../story/story.ts'
import { tellable } from '../../tellable.ts'

type Agencies = readonly { id: string; name: string }[]

/** The agencies that the person may choose among, as far as this viewer may hear of them: those that work with them. */
export const mayRead = async (ask: Ask, at: Through): Promise<Agencies> => {
  const ids = [at.worker.agency, ...(await tellable(ask, at)).map(({ agency_id }) => agency_id)]
  const names = await agencyNames(ask.tx, ids)
  return [...names].map(([id, name]) => ({ id, name })).sort((a, b) => a.name.localeCompare(b.name))
}

/** The two boxes of the question who may read something, for a form's schema. */
export const readersFields = (ask: Ask, agencies: Agencies) => ({
  readers: z.enum(readerKinds, ask.w.story.write.readersMissing),
  agencies: z.preprocess(
    (value) => [value ?? []].flat(),
    z
      .array(z.string().refine((id) => agencies.some((one) => one.id === id), ask.w.story.write.agenciesMissing))
      .max(100),
  ),
})

/** What they say together. */
export const readersOfForm = (
  ask: Ask,
  { readers, agencies }: { readers: ReaderKind; agencies: readonly string[] },
  ctx: z.RefinementCtx,
): Readers => {
  if (readers === 'agencies' && agencies.length === 0)
    ctx.addIssue({ code: 'custom', message: ask.w.story.write.agenciesMissing, path: ['agencies'] })
  return { readers, agencies: readers === 'agencies' ? agencies : [] }
}

/** A choice as the boxes hold it. */
export const readersForm = ({ readers, agencies }: Readers): Record<string, string | string[]> => ({
  readers,
  agencies: [...agencies],
})

export const ReadersFields = (props: {
  ask: Ask
  agencies: Agencies
  errors: readonly FieldError[]
  legend?: string
  hint?: string
  /** What the choices are called, where the person chooses themself; and the question which agencies. */
  choices?: Readonly<Record<ReaderKind, string>>
  places?: string
}) => {
  const { ask, agencies, errors } = props
  const words = ask.w.story.write
  return (
    <Radios
      name="readers"
      fieldset={{ legend: { text: props.legend ?? words.readers, classes: 'govuk-fieldset__legend--s' } }}
      hint={props.hint ?? words.readersHint}
      value={typed(ask.form, 'readers')}
      errorMessage={errorFor(errors, 'readers')}
      items={readerKinds.map((value) => ({
        value,
        text: (props.choices ?? ask.w.story.readers)[value],
        conditional: value === 'agencies' && (
          <Checkboxes
            name="agencies"
            idPrefix="agencies"
            fieldset={{ legend: { text: props.places ?? words.agencies, classes: 'govuk-fieldset__legend--s' } }}
            hint={props.places ? undefined : words.agenciesHint}
            values={ticked(ask.form, 'agencies')}
            errorMessage={errorFor(errors, 'agencies')}
            items={agencies.map(({ id, name }) => ({ value: id, text: name }))}
          />
        ),
      }))}
    />
  )
}
