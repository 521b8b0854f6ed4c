import { contactPoints } from '../../../partnership/index.ts'
import { NotFound } from '../../../platform/index.ts'
import { page, type Answer, type Ask } from '../../../web/index.ts'
import { PersonView } from '../../parts/person.tsx'
import { guidanceFor } from '../../published.ts'

/** /for-you/young-person and /for-you/adult. */
export const show = async (ask: Ask): Promise<Answer> => {
  const guidance = await guidanceFor(ask)
  const person = guidance.forYou.find(({ code }) => code === ask.params['slug'])
  if (!person) throw new NotFound()
  const points = await contactPoints(ask.tx, ask.place.id)
  return page({
    title: person.title,
    frame: 'public',
    cache: 'public',
    body: <PersonView {...{ ask, guidance, person, points }} />,
  })
}
