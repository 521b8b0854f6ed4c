import { redirect, type Answer, type Ask, type FieldError, type Handler } from '../../../web/index.ts'
import { endAgency } from '../../agency.ts'
import { showAgency, type Named, type ShownAgency } from '../../directory.ts'
import { agencies } from '../../queries.ts'
import { EndingForm, endingAsForm, readEnding } from '../ending.tsx'
import { section, todayAt } from '../section.tsx'

export const endPartnerPage: Handler = async (ask) => {
  const { agency, others } = await asked(ask)
  return view(ask, agency, others, endingAsForm(agency))
}

export const sendEndPartner: Handler = async (ask) => {
  const { agency, others } = await asked(ask)
  const ending = readEnding(ask, others, agency.valid_from)
  if (Array.isArray(ending)) return view(ask, agency, others, ask.form, ending)
  const kept = await endAgency(ask.tx, ask.viewer, agency.id, ending)
  if (kept === 'kept') return redirect(`/partners/${agency.id}?done=changed`)
  const { own, round } = ask.w.partnership.ending
  return view(ask, agency, others, ask.form, [
    kept === 'your own' ? { field: 'stands', text: own } : { field: 'successor', text: round },
  ])
}

const asked = async (ask: Ask) => {
  const agency = await showAgency(ask.tx, ask.place.id, ask.params['agency'] ?? '', todayAt(ask))
  const others = (await agencies(ask.tx, ask.place.id)).filter(({ id }) => id !== agency.id)
  return { agency, others }
}

const view = (
  ask: Ask,
  agency: ShownAgency,
  candidates: readonly Named[],
  form: Ask['form'],
  errors: readonly FieldError[] = [],
): Answer => ({
  ...section(
    ask,
    '/partners',
    ask.w.partnership.ending.title,
    <EndingForm seats {...{ ask, candidates, form, errors }} name={agency.name} back={`/partners/${agency.id}`} />,
  ),
  status: errors.length ? 422 : 200,
})
