// What is known as one and looks wrong: on an invented county, how often what is pointed at is a mistake, by reason. People
// of three to seven records each; to some a record of somebody else was joined who would have been proposed for it: of the
// same home, or of the same name. Once as records are, once with four in ten of what they say left out.
//   npm run bench -- suspicions [groups] [seed]
import { standardPerson } from '../src/joining/standard.ts'
import { suspected, type Member } from '../src/joining/suspicious.ts'
import { weigh } from '../src/joining/weigh.ts'
import { dice, people, written, type Person } from '../test/population.ts'

const groups = Number(process.argv[2] ?? 4000)
const seed = Number(process.argv[3] ?? 1)
/** Of what people have said is one, so many hold a mistake: a guess, and the figures that rest on it say so. */
const mistaken_share = 0.05

for (const left_out of [0, 0.4]) {
  const chance = dice(seed + 7)
  const county = people(seed)
  const everybody = Array.from({ length: groups * 10 }, () => county.next().value)
  const byName = Map.groupBy(everybody, nameOf)
  const tally = { right: 0, mistaken: 0 }
  const shown = new Map<string, { right: number; mistaken: number }>()
  for (let i = 0; tally.right < groups || tally.mistaken < groups; i++) {
    const person = everybody[i % everybody.length]!
    const members = Array.from({ length: 3 + chance.below(5) }, () => memberOf(person))
    const ties = members.slice(1).map(({ id }, n) => ({ a: members[n]!.id, b: id }))
    const wrong = mistakeFor(person, members)
    const kind = wrong ? 'mistaken' : 'right'
    if (wrong) {
      members.push(wrong.member)
      ties.push({ a: wrong.beside, b: wrong.member.id })
    }
    if (tally[kind]++ >= groups) continue
    const reasons = suspected('person', members, ties)?.wrong.map(({ reason }) => reason) ?? []
    for (const reason of reasons.length > 0 ? new Set([...reasons, 'any of them']) : []) {
      const count = shown.get(reason) ?? { right: 0, mistaken: 0 }
      count[kind]++
      shown.set(reason, count)
    }
  }
  console.log(
    `${left_out * 100} in 100 left out: pointed at, of 1,000 right ones and of 1,000 with a mistake; how many of those shown are mistakes where ${mistaken_share * 100} in 100 are`,
  )
  const all = { right: Math.min(tally.right, groups), mistaken: Math.min(tally.mistaken, groups) }
  for (const [reason, { right, mistaken }] of shown) {
    const [f, t] = [right / all.right, mistaken / all.mistaken]
    const share = (t * mistaken_share) / (t * mistaken_share + f * (1 - mistaken_share))
    console.log(`  ${reason}: ${(f * 1000).toFixed(0)}, ${(t * 1000).toFixed(0)}; ${(share * 100).toFixed(0)} %`)
  }

  function memberOf(of: Person): Member {
    const [given, middle, family, born, sex, postcode, address, phone] = written(of, chance).map((value) =>
      chance.happens(left_out) ? '' : value,
    )
    const name = [given, middle, family].filter(Boolean).join(' ')
    const said = { name, born_on: born, sex, postcode, address, phone }
    return { id: `${of.id}-${chance.below(1e9)}`, own: null, standard: standardPerson(said, 2026, []) }
  }

  /** Somebody else’s record for every other one, where it would have been proposed with one of these. */
  function mistakeFor(person: Person, members: readonly Member[]) {
    if (chance.happens(0.5)) return undefined
    const near = everybody
      .slice(Math.max(0, person.id - 4), person.id + 5)
      .filter(({ homes }) => homes[0] === person.homes[0])
    const others = [...near, ...byName.get(nameOf(person))!].filter(({ id }) => id !== person.id)
    if (others.length === 0) return undefined
    const member = memberOf(chance.of(others))
    const bands = weigh(
      member.standard!,
      members.map(({ standard }) => standard!),
    )
    const beside = bands.findIndex(({ band }) => band !== 'below')
    return beside < 0 ? undefined : { member, beside: members[beside]!.id }
  }
}

function nameOf({ given, family }: Person): string {
  return `${given} ${family}`
}
