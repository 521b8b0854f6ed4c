import { redirect, type Answer, type Ask, type FieldError, type Handler } from '../../../web/index.ts'
import { endArea } from '../../area.ts'
import { listAreas, type ListedArea, type Named } from '../../directory.ts'
import { EndingForm, endingAsForm, readEnding } from '../ending.tsx'
import { section } from '../section.tsx'
import { among } from './edit.tsx'

export const endAreaPage: Handler = async (ask) => {
  const { area, others } = await asked(ask)
  return view(ask, area, others, endingAsForm(area))
}

export const sendEndArea: Handler = async (ask) => {
  const { area, others } = await asked(ask)
  const ending = readEnding(ask, others, area.valid_from)
  if (Array.isArray(ending)) return view(ask, area, others, ask.form, ending)
  const kept = await endArea(ask.tx, ask.viewer, area.id, ending)
  if (kept === 'kept') return redirect('/areas?done=changed')
  return view(ask, area, others, ask.form, [{ field: 'successor', text: ask.w.partnership.ending.round }])
}

const asked = async (ask: Ask) => {
  const areas = await listAreas(ask.tx, ask.place.id)
  const area = among(ask, areas)
  return { area, others: areas.filter(({ id }) => id !== area.id) }
}

const view = (
  ask: Ask,
  area: ListedArea,
  candidates: readonly Named[],
  form: Ask['form'],
  errors: readonly FieldError[] = [],
): Answer => ({
  ...section(
    ask,
    '/areas',
    ask.w.partnership.ending.title,
    <EndingForm {...{ ask, candidates, form, errors }} name={area.name} back="/areas" />,
  ),
  status: errors.length ? 422 : 200,
})
