import { z } from 'zod'
import { hasRole, NotFound, type StaffViewer } from '../../platform/index.ts'
import { conflictsLifted, conflictsToLift, liftConflict } from '../../sharing/index.ts'
import { namesFor } from '../../staff/index.ts'
import {
  BackLink,
  Button,
  errorFor,
  Errors,
  fill,
  Form,
  Link,
  page,
  readForm,
  redirect,
  Textarea,
  Title,
  typed,
  type Ask,
  type FieldError,
  type Handler,
} from '../../web/index.ts'
import { when } from './said.tsx'

const standing = async (ask: Ask) => {
  if (!hasRole(ask.viewer, 'manager')) throw new NotFound()
  const conflicts = await conflictsToLift(ask.tx, ask.viewer)
  const names = await namesFor(
    ask.tx,
    conflicts.flatMap(({ staff_id, declared_by }) => [staff_id, declared_by ?? staff_id]),
  )
  const called = (id: string): string => names.get(id)?.name ?? ''
  return conflicts.map(({ declared_by, ...one }) => ({
    ...one,
    name: called(one.staff_id),
    by: declared_by && declared_by !== one.staff_id ? called(declared_by) : undefined,
  }))
}

/** Who of a manager's agency is too close to a record. Which record is not said: that is theirs to say. */
export const conflictsPage: Handler = async (ask) => {
  const conflicts = await standing(ask)
  const lifted = await conflictsLifted(ask.tx, ask.house.keys, ask.viewer as StaffViewer)
  const names = await namesFor(
    ask.tx,
    lifted.flatMap(({ staff_id, lifted_by }) => [staff_id, lifted_by]),
  )
  const words = ask.w.rights.conflicts
  return page({
    title: words.title,
    body: (
      <>
        <Title>{words.title}</Title>
        <p class="govuk-body">{words.intro}</p>
        {conflicts.length === 0 && <p class="govuk-body">{words.none}</p>}
        <ul class="trellis-rows">
          {conflicts.map(({ id, name, by, kind, declared_at }) => (
            <li class="trellis-row">
              <div>
                <span class="trellis-row__name">{name}</span>
                <span class="trellis-row__more">{fill(words.kinds[kind], { when: when(ask, declared_at) })}</span>
                {by && <span class="trellis-row__more">{fill(words.by, { name: by })}</span>}
              </div>
              <Link href={ask.href(`/conflicts/${id}`)}>
                {words.open} <span class="govuk-visually-hidden">{name}</span>
              </Link>
            </li>
          ))}
        </ul>
        {lifted.length > 0 && (
          <>
            <h2 class="govuk-heading-m">{words.lifted}</h2>
            <ul class="trellis-rows">
              {lifted.map((one) => (
                <li class="trellis-row">
                  <div>
                    <span class="trellis-row__name">{names.get(one.staff_id)?.name}</span>
                    <span class="trellis-row__more">
                      {fill(words.liftedBy, {
                        name: names.get(one.lifted_by)?.name ?? '',
                        when: when(ask, one.lifted_at),
                      })}
                      <br />
                      <span class="trellis-words">{one.why}</span>
                    </span>
                  </div>
                </li>
              ))}
            </ul>
          </>
        )}
      </>
    ),
  })
}

export const liftConflictPage: Handler = (ask) => lift(ask)

export const sendLiftConflict: Handler = async (ask) => {
  if (!hasRole(ask.viewer, 'manager')) throw new NotFound()
  const { whyMissing, whyLong } = ask.w.rights.conflicts
  const schema = z.strictObject({ why: z.string(whyMissing).trim().min(1, whyMissing).max(1000, whyLong) })
  const read = readForm(schema, ask.form)
  if (!read.ok) return lift(ask, read.errors)
  await liftConflict(ask.tx, ask.house.keys, ask.viewer, {
    conflict: ask.params['conflict'] ?? '',
    why: read.value.why,
    at: ask.house.now(),
  })
  return redirect('/conflicts')
}

const lift = async (ask: Ask, errors: readonly FieldError[] = []) => {
  const found = (await standing(ask)).find(({ id }) => id === ask.params['conflict'])
  if (!found) throw new NotFound()
  const words = ask.w.rights.conflicts
  const title = fill(words.liftTitle, { name: found.name })
  return page({
    title,
    status: errors.length ? 422 : 200,
    body: (
      <>
        <BackLink href={ask.href('/conflicts')}>{words.back}</BackLink>
        <Errors ask={ask} errors={errors} />
        <Title>{title}</Title>
        <p class="govuk-body">{words.lift}</p>
        <Form ask={ask}>
          <Textarea
            name="why"
            label={words.why}
            rows={4}
            value={typed(ask.form, 'why')}
            errorMessage={errorFor(errors, 'why')}
          />
          <Button preventDoubleClick>{words.button}</Button>
        </Form>
      </>
    ),
  })
}
