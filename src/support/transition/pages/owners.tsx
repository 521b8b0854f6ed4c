import { z } from 'zod'
import type { Through } from '../../../subjects/index.ts'
import {
  Button,
  errorFor,
  Form,
  Link,
  Radios,
  readForm,
  redirect,
  Select,
  typed,
  type Ask,
  type FieldError,
} from '../../../web/index.ts'
import { OwnerFields, readOwner } from '../../plan/pages/owner-fields.tsx'
import { ownersFor, type Owners } from '../../plan/owners.ts'
import { gatherEighteen, type Eighteen } from '../gather.ts'
import { nameOwner } from '../name-owner.ts'
import { isOpen, sides, taskCalled } from '../transition.ts'
import { personPage, withWorker } from './frame.tsx'

/** Who carries it over 18: somebody on either side, for everything or for one task. */
export const ownersPage = withWorker(async (ask, at) => view(ask, at, await gather(ask, at)))

export const sendOwner = withWorker(async (ask, at) => {
  const there = await gather(ask, at)
  const words = ask.w.eighteen.owners
  const schema = z
    .strictObject({
      side: z.enum(sides, words.sideMissing),
      task: z.string().default(''),
      owner: z.string().default(''),
      name: z.string().trim().max(300).default(''),
      agency: z.string().default(''),
    })
    .transform((value, ctx) => ({
      side: value.side,
      task: there.told.tasks.find(({ id }) => id === value.task)?.id ?? null,
      owner: readOwner(ask, there.owners, value, ctx),
    }))
  const read = readForm(schema, ask.form)
  if (!read.ok || !read.value.owner) return view(ask, at, there, read.ok ? [] : read.errors)
  const { owner, ...named } = read.value
  await nameOwner(ask.tx, ask.house.keys, at.worker, at.subject, { ...named, owner }, at.now)
  return redirect(`/people/${at.subject.id}/eighteen?done=owner`)
})

type There = { told: Eighteen; owners: Owners }
const gather = async (ask: Ask, at: Through): Promise<There> => ({
  told: await gatherEighteen(ask, at),
  owners: await ownersFor(ask, at),
})

const view = (ask: Ask, at: Through, { told, owners }: There, errors: readonly FieldError[] = []) => {
  const { owners: words, sides: sideNames, title } = ask.w.eighteen
  const wanted = typed(ask.form, 'side') || (told.carriedBy('child') ? 'adult' : 'child')
  return Promise.resolve(
    personPage({
      ask,
      at,
      title: words.link,
      back: { href: '/eighteen', text: title },
      errors,
      children: (
        <>
          <p class="govuk-body-l">{words.intro}</p>
          <Form ask={ask} once>
            <Radios
              name="side"
              fieldset={{ legend: { text: words.side, classes: 'govuk-fieldset__legend--s' } }}
              value={wanted}
              errorMessage={errorFor(errors, 'side')}
              items={sides.map((value) => ({ value, text: sideNames[value], hint: words.sideHints[value] }))}
            />
            <OwnerFields ask={ask} owners={owners} errors={errors} />
            <Select
              name="task"
              label={{ text: words.task, classes: 'govuk-label--s' }}
              value={typed(ask.form, 'task')}
              items={[
                { value: '', text: words.every },
                ...told.tasks
                  .filter(isOpen)
                  .map(({ id, code }) => ({ value: id, text: taskCalled(code)?.label ?? code })),
              ]}
            />
            <Button preventDoubleClick>{words.button}</Button>
          </Form>
          <p class="govuk-body">
            <Link href={ask.href(`/people/${at.subject.id}/involved`)}>{words.circle}</Link>
          </p>
        </>
      ),
    }),
  )
}
