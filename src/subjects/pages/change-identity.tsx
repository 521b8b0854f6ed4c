import { z } from 'zod'
import { areasNamed } from '../../partnership/index.ts'
import { NotFound } from '../../platform/index.ts'
import {
  BackLink,
  Button,
  Errors,
  Form,
  keptPage,
  page,
  readForm,
  redirect,
  Title,
  type Ask,
  type FieldError,
  type Handler,
} from '../../web/index.ts'
import { elsewhere } from '../area-seen.ts'
import { changeIdentity } from '../change-identity.ts'
import { aboutPerson, enter, type Through } from '../gate.ts'
import { identitiesOf } from '../queries.ts'
import type { Identity } from '../sealed.ts'
import { isInCircle } from '../tellable.ts'
import { asIdentity, IdentityBoxes, identityFields } from './identity-form.tsx'

/** What an agency knows of who somebody is, put right by those who work with them. */
export const changeIdentityPage: Handler = async (ask) => {
  const at = await enter(ask, ask.params['id']!)
  if (at.kind === 'answer') return at.answer
  return view(ask, at, boxesOf(await ownIdentity(ask, at)))
}

export const sendChangeIdentity: Handler = async (ask) => {
  const at = await enter(ask, ask.params['id']!)
  if (at.kind === 'answer') return keptPage(ask, 409, ask.w.subjects.add.ended)
  await ownIdentity(ask, at)
  const schema = z.strictObject(identityFields(ask)).transform((value, ctx) => asIdentity(ask, value, ctx))
  const read = readForm(schema, ask.form)
  if (!read.ok) return view(ask, at, ask.form, read.errors)
  await changeIdentity(ask.tx, ask.house.keys, at.worker, at.subject, read.value, at.now)
  return redirect(`/people/${at.subject.id}?done=known`)
}

/** What the viewer's own agency knows. @throws {NotFound} for whoever is not in the circle */
const ownIdentity = async (ask: Ask, at: Through): Promise<Identity | undefined> => {
  if (!isInCircle(at)) throw new NotFound()
  const all = await identitiesOf(ask.tx, ask.house.keys, at.worker.partnership, [at.subject.id])
  return all.find(({ agency_id }) => agency_id === at.worker.agency)
}

const boxesOf = (known: Identity | undefined): Ask['form'] => {
  if (!known) return {}
  const [year = '', month = '', day = ''] = known.born_on?.split('-').map((part) => String(Number(part))) ?? []
  const { name, known_as, pronouns, phone, nhs_number, other_reference } = known
  // The postcode was put under the address when it was kept; here it has its own box again.
  const [, address = known.address, postcode = ''] =
    /^([\s\S]*?)\n?([a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2})$/i.exec(known.address) ?? []
  // What somebody chose stays chosen; what was read in the address is read in it again.
  const area = known.area_how === 'chosen' ? (known.area_id ?? elsewhere) : ''
  const said = { name, known_as, pronouns, address, postcode, area, phone, nhs_number, other_reference }
  return { ...said, 'born_on-day': day, 'born_on-month': month, 'born_on-year': year }
}

const view = async (ask: Ask, at: Through, form: Ask['form'], errors: readonly FieldError[] = []) => {
  const words = ask.w.subjects.known
  const areas = await areasNamed(ask.tx, ask.place.id)
  return page({
    title: words.title,
    status: errors.length ? 422 : 200,
    frame: 'staff',
    about: aboutPerson(at),
    body: (
      <>
        <BackLink href={ask.href(`/people/${at.subject.id}`)}>{ask.w.common.back}</BackLink>
        <Errors ask={ask} errors={errors} />
        <Title>{words.title}</Title>
        <p class="govuk-body">{words.intro}</p>
        <Form ask={ask} once>
          <IdentityBoxes ask={ask} areas={areas} form={form} errors={errors} />
          <Button preventDoubleClick>{words.button}</Button>
        </Form>
      </>
    ),
  })
}
