import { fill, type Ask, type Handler } from '../../../web/index.ts'
import { enter, type Through } from '../../gate.ts'
import { identitiesOf } from '../../queries.ts'
import { groupOf, groups, isOver, type Effect, type Strength } from '../../relationships/relationship.ts'
import { whoMatters, type Tie } from '../../relationships/who-matters.ts'
import { counted, worded } from '../said.tsx'
import { EcomapPicture, TieLine } from './ecomap-picture.tsx'
import { picturePage } from './picture-frame.tsx'

/** Who is around a person, as a picture and in words. */
export const ecomapPage: Handler = async (ask) => {
  const at = await enter(ask, ask.params['id']!)
  if (at.kind === 'answer') return at.answer
  const words = ask.w.matters
  const standing = (await whoMatters(ask, at)).filter((one) => !isOver(one) && !one.has_died)
  const ties = groups.flatMap((group) => standing.filter(({ kind }) => groupOf(kind) === group))
  const middle = await nameOf(ask, at)
  const title = fill(words.picture.ecomapTitle, { name: middle })
  return picturePage(ask, at, {
    title: words.picture.ecomap,
    other: { end: 'genogram', text: words.picture.genogram },
    picture: (
      <EcomapPicture
        title={title}
        description={`${counted(words.picture.around, ties.length)} ${words.picture.same}`}
        middle={middle}
        around={ties.map((tie) => ({
          name: tie.called,
          kind: worded(words.kinds, tie.kind),
          effect: tie.effect,
          // The longer sentence of the list does not fit a box.
          effectWords: tie.effect === 'both' ? words.picture.signs.both : words.effects[tie.effect],
          strength: tie.strength,
        }))}
      />
    ),
    legend: signs(ask),
    list:
      ties.length === 0 ? (
        <p class="govuk-body">{words.none}</p>
      ) : (
        groups.map((group) => (
          <Group ask={ask} title={words.groups[group]} ties={ties.filter(({ kind }) => groupOf(kind) === group)} />
        ))
      ),
  })
}

/** What the person is called in a picture. */
export const nameOf = async (ask: Ask, at: Through): Promise<string> => {
  const [who] = await identitiesOf(ask.tx, ask.house.keys, at.worker.partnership, [at.subject.id])
  return who?.known_as || who?.name || at.subject.reference
}

const Group = ({ ask, title, ties }: { ask: Ask; title: string; ties: readonly Tie[] }) => {
  const words = ask.w.matters
  if (ties.length === 0) return null
  return (
    <>
      <h3 class="govuk-heading-s">{title}</h3>
      <ul class="govuk-list govuk-list--bullet" dir="auto">
        {ties.map((tie) => (
          <li>
            {fill(words.picture.tie, {
              name: tie.called,
              kind: worded(words.kinds, tie.kind).toLowerCase(),
              effect: words.effects[tie.effect],
              strength: words.strengthsSaid[tie.strength],
            })}
          </li>
        ))}
      </ul>
    </>
  )
}

const signs = (ask: Ask) => {
  const words = ask.w.matters.picture.signs
  const line = (effect: Effect, strength: Strength) => (
    <TieLine at={(far, aside = 0) => `${far} ${aside}`} start={-26} end={26} effect={effect} strength={strength} />
  )
  return [
    { sign: line('protective', 'strong'), text: words.strong },
    { sign: line('protective', 'ordinary'), text: words.ordinary },
    { sign: line('protective', 'weak'), text: words.weak },
    { sign: line('protective', 'broken'), text: words.broken },
    { sign: line('protective', 'not known'), text: words.unknown },
    { sign: line('harmful', 'ordinary'), text: words.harmful },
    { sign: line('both', 'ordinary'), text: words.both },
  ]
}
