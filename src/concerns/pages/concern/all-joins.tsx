import { BackLink, page, Title, type Handler } from '../../../web/index.ts'
import { concernFor, frontDoor } from '../../front-door.ts'
import { joinsOf } from '../../joins.ts'
import { JoinCards, namesIn } from './joins.tsx'

/** Everything that may be the same as something on this concern. */
export const allJoins: Handler = async (ask) => {
  const worker = frontDoor(ask.viewer)
  const concern = await concernFor(ask.tx, worker, ask.params['id']!)
  const joins = await joinsOf(ask.tx, ask.house.keys, worker, concern.id, ask.house.now())
  const title = ask.w.duty.concern.sections.joins
  return page({
    title,
    frame: 'staff',
    about: { kind: 'concern', id: concern.id },
    body: (
      <>
        <BackLink href={ask.href(`/concerns/${concern.id}#joins`)}>{ask.w.joining.form.back}</BackLink>
        <Title caption={concern.reference}>{title}</Title>
        <JoinCards ask={ask} concern={concern.id} joins={joins} names={await namesIn(ask, joins)} headingLevel={2} />
      </>
    ),
  })
}
