import { fill, type Ask, type Handler } from '../../../web/index.ts'
import { enter, type Through } from '../../gate.ts'
import { identitiesOf } from '../../queries.ts'
import { generationOf, type Generation } from '../../relationships/kin.ts'
import { familyTieOf, isOver } from '../../relationships/relationship.ts'
import { whoMatters, type Tie } from '../../relationships/who-matters.ts'
import { counted, worded } from '../said.tsx'
import { nameOf } from './ecomap.tsx'
import { GenogramPicture, KinSymbol, type DrawnKin } from './genogram-picture.tsx'
import { picturePage } from './picture-frame.tsx'

/** The family of a person over the generations, as a picture and in words. Who has died stays in it. */
export const genogramPage: Handler = async (ask) => {
  const at = await enter(ask, ask.params['id']!)
  if (at.kind === 'answer') return at.answer
  const words = ask.w.matters
  const family = (await whoMatters(ask, at)).filter((one) => !isOver(one) && familyTieOf(one.kind) !== null)
  const kin = [await themself(ask, at), ...family.map((tie) => drawn(ask, tie))]
  const { picture } = words
  return picturePage(ask, at, {
    title: picture.genogram,
    other: { end: 'ecomap', text: picture.ecomap },
    picture: (
      <GenogramPicture
        title={fill(picture.genogramTitle, { name: kin[0]!.name })}
        description={`${counted(picture.family, family.length)} ${picture.same}`}
        kin={kin}
      />
    ),
    legend: signs(ask),
    list:
      family.length === 0 ? (
        <p class="govuk-body">{picture.noFamily}</p>
      ) : (
        ([0, 1, 2, 3] as const).map((generation) => (
          <GenerationList
            ask={ask}
            generation={generation}
            family={family.filter((tie) => generationOf[familyTieOf(tie.kind)!] === generation)}
            all={family}
          />
        ))
      ),
  })
}

const drawn = (ask: Ask, tie: Tie): DrawnKin => ({
  id: tie.tie_id,
  tie: familyTieOf(tie.kind)!,
  through: tie.through_id,
  gender: tie.gender,
  born: tie.born_year,
  livesWith: tie.lives_with,
  name: tie.called,
  years: yearsOf(ask, tie),
  hasDied: tie.has_died,
})

const themself = async (ask: Ask, at: Through): Promise<DrawnKin> => {
  const [who] = await identitiesOf(ask.tx, ask.house.keys, at.worker.partnership, [at.subject.id])
  const born = who?.born_on ? Number(who.born_on.slice(0, 4)) : null
  const years = born ? fill(ask.w.matters.picture.born, { year: born }) : ''
  const name = await nameOf(ask, at)
  // Nobody asks a person's gender for a picture: the double diamond is them.
  const shape = { gender: 'another', livesWith: true, hasDied: false } as const
  return { id: 'self', tie: 'self', through: null, born, name, years, ...shape }
}

const yearsOf = (ask: Ask, { born_year, died_year, has_died }: Tie): string => {
  const words = ask.w.matters.picture
  if (has_died) return died_year ? fill(words.lived, { born: born_year ?? '?', died: died_year }) : words.died
  return born_year ? fill(words.born, { year: born_year }) : ''
}

const GenerationList = (props: { ask: Ask; generation: Generation; family: readonly Tie[]; all: readonly Tie[] }) => {
  const { ask, generation, family, all } = props
  const words = ask.w.matters
  if (family.length === 0) return null
  const inWords = (tie: Tie): string =>
    [
      worded(words.kinds, tie.kind).toLowerCase(),
      tie.gender !== 'not known' && words.genders[tie.gender].toLowerCase(),
      yearsOf(ask, tie),
      tie.through_id && throughWords(ask, all, tie.through_id),
      tie.lives_with && words.facts.home.toLowerCase(),
    ]
      .filter(Boolean)
      .join(', ')
  return (
    <>
      <h3 class="govuk-heading-s">{words.picture.generations[generation]}</h3>
      <ul class="govuk-list govuk-list--bullet" dir="auto">
        {[...family]
          .sort((a, b) => (a.born_year ?? 9999) - (b.born_year ?? 9999))
          .map((tie) => (
            <li>
              {tie.called}: {inWords(tie)}
            </li>
          ))}
      </ul>
    </>
  )
}

const throughWords = (ask: Ask, all: readonly Tie[], id: string): string | undefined => {
  const by = all.find(({ tie_id }) => tie_id === id)
  return by && fill(ask.w.matters.picture.through, { name: by.called })
}

const signs = (ask: Ask) => {
  const words = ask.w.matters.picture.signs
  return [
    { sign: <KinSymbol gender="another" isSelf />, text: words.self },
    { sign: <KinSymbol gender="man" />, text: ask.w.matters.genders.man },
    { sign: <KinSymbol gender="woman" />, text: ask.w.matters.genders.woman },
    { sign: <KinSymbol gender="another" />, text: ask.w.matters.genders.another },
    { sign: <KinSymbol gender="not known" />, text: words.gender },
    { sign: <KinSymbol gender="man" hasDied />, text: words.died },
    { sign: <path class="trellis-family__line" d="M-26 0H26" />, text: words.couple },
    { sign: <path class="trellis-family__line" d="M-26 0H26M-8 9L0 -9M0 9L8 -9" />, text: words.former },
    { sign: <rect class="trellis-family__home" x="-25" y="-20" width="50" height="40" rx="10" />, text: words.home },
  ]
}
