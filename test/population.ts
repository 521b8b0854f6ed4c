/**
 * An invented county by seed, to measure linkage on where the truth is known: households, names by origin, records as six
 * agencies would write them, with nicknames, other spellings, moves, marriages, slips and gaps. Error rates are guesses
 * informed by the literature: differences measured on it mean something, absolute figures little. Nobody in it exists.
 */

export type Person = {
  readonly id: number
  readonly origin: Origin
  readonly female: boolean
  readonly given: string
  readonly middle: string
  readonly family: string
  readonly married: string
  readonly born: string
  readonly homes: readonly [Home, Home]
  readonly phones: readonly [string, string]
}
type Home = { readonly postcode: string; readonly address: string }

export const columns = [
  'first_name',
  'middle_name',
  'surname',
  'date_of_birth',
  'sex',
  'postcode',
  'address',
  'phone',
] as const
export type PopulationRecord = { readonly person: Person; readonly values: readonly string[] }

export type Origin = keyof typeof stock

const words = (list: string): readonly string[] => list.split(' ')

/** Names by origin, more or less in the order of how many bear them: family, men's, women's; and its share of people. */
const stock = {
  British: {
    share: 0.8,
    family: words(
      'smith jones williams taylor brown davies evans wilson thomas johnson roberts robinson thompson wright walker white edwards hughes green hall lewis harris clarke jackson wood turner martin cooper hill ward morris moore clark baker harrison king morgan lee allen scott watson davis parker james bennett young phillips mitchell richardson cook carter bailey collins bell shaw murphy miller cox richards marshall anderson simpson ellis adams wilkinson foster powell chapman mason gray webb rogers hunt mills campbell kelly stewart murray graham stevens palmer holmes lloyd matthews knight butler barnes russell fisher pearson dixon harvey fletcher howard andrews reynolds jenkins price griffiths owen macdonald obrien kennedy burke ryan walsh hamilton ross reid robertson',
    ),
    men: words(
      'john david james michael robert paul william mark peter andrew richard thomas stephen christopher daniel matthew anthony jack harry george oliver joshua samuel benjamin luke ryan adam jacob charlie alfie liam nathan callum lewis jamie alexander edward simon martin kevin gary ian alan brian keith graham philip nicholas joseph henry leo oscar archie freddie theo',
    ),
    women: words(
      'sarah susan margaret emma laura elizabeth rebecca charlotte emily jessica sophie chloe olivia amelia lucy hannah katie megan lauren bethany grace ella lily ruby daisy freya poppy evie molly alice jennifer julie karen jacqueline deborah christine patricia catherine victoria samantha nicola joanne amanda claire rachel helen michelle lisa alexandra abigail eleanor isabella georgia holly jade paige',
    ),
  },
  'South Asian': {
    share: 0.08,
    family: words(
      'khan patel singh hussain ahmed ali kaur begum shah akhtar iqbal malik mohammed rahman miah uddin chowdhury islam sharma mahmood bibi aziz hassan rashid sheikh siddiqui qureshi choudhury mirza desai gupta kumar mehta dhillon sandhu',
    ),
    men: words(
      'mohammed muhammad ahmed ali imran abdul usman hassan bilal hamza ibrahim yusuf omar asif tariq rashid khalid harpreet gurpreet rajesh sanjay amit rahul arjun',
    ),
    women: words(
      'fatima ayesha aisha zainab maryam khadija sana saima nasreen shazia amina hafsa yasmin parveen priya pooja anjali nisha harpreet manpreet sunita meena',
    ),
  },
  Arabic: {
    share: 0.03,
    family: words(
      'mohamed ahmed ali hassan abdi ibrahim hussein omar yusuf osman farah jama warsame abdullah saleh said rahimi ahmadi karimi hosseini mansour nasser',
    ),
    men: words(
      'mohamed ahmed ali hassan ibrahim omar yusuf mustafa abdullahi abdi khalid mahmoud youssef karim tariq hussein osman',
    ),
    women: words('fatima amina khadija maryam zahra halima fadumo layla leila noor salma yasmin sahra asha hodan hana'),
  },
  'East European': {
    share: 0.04,
    family: words(
      'nowak kowalski wisniewski wojcik kaminski lewandowski zielinski szymanski wozniak dabrowski popescu ionescu popa ivanov petrov dimitrov horvath kovacs novak',
    ),
    men: words('piotr krzysztof tomasz marcin pawel michal lukasz jakub adam marek andrei alexandru mihai ivan jan'),
    women: words(
      'anna katarzyna agnieszka malgorzata monika joanna magdalena ewa aleksandra maria elena ioana natalia julia',
    ),
  },
  African: {
    share: 0.035,
    family: words(
      'okafor adeyemi mensah owusu boateng adebayo okonkwo asante balogun osei eze kamara ncube moyo obi dube sesay tesfaye diallo banda',
    ),
    men: words('emmanuel samuel david daniel michael joseph kwame kofi chidi emeka tunde tendai ibrahim isaac marcus'),
    women: words('grace mary blessing precious esther ruth abena ama ngozi chioma sarah joyce patience mercy comfort'),
  },
  Chinese: {
    share: 0.015,
    family: words('chen wang li zhang chan wong liu nguyen tran lin ng lam huang wu yang'),
    men: words('wei jun ming jason kevin david eric hao minh daniel kai'),
    women: words('mei li yan xin jing ying hui amy grace linh lan ling'),
  },
} as const

const nicknames: Record<string, readonly string[]> = Object.fromEntries(
  'william:bill,will|robert:rob,bob|richard:rick|james:jim,jamie|john:jack,johnny|michael:mike|thomas:tom|david:dave|christopher:chris|daniel:dan|matthew:matt|anthony:tony|andrew:andy|joseph:joe|samuel:sam|benjamin:ben|alexander:alex|nicholas:nick|edward:ted,eddie|stephen:steve|philip:phil|joshua:josh|jacob:jake|elizabeth:liz,beth|margaret:maggie,peggy|catherine:kate,cathy|patricia:pat|susan:sue|jennifer:jenny|jacqueline:jackie|deborah:debbie|christine:chris|victoria:vicky|rebecca:becky|samantha:sam|amanda:mandy|joanne:jo|alexandra:alex|charlotte:lottie|abigail:abi|jessica:jess|emily:em|olivia:liv|isabella:bella|eleanor:ellie|mohammed:mo|mohamed:mo|krzysztof:chris|katarzyna:kasia|emmanuel:manny'
    .split('|')
    .map((line) => line.split(':') as [string, string])
    .map(([name, forms]) => [name, forms.split(',')]),
)

const spellings = new Map(
  'mohammed muhammad mohamed mohammad muhammed|ahmed ahmad|hussain hussein husain|yusuf yousuf youssef|omar umar|usman osman uthman|fatima fatimah fatma|ayesha aisha aysha|khadija khadijah|zainab zaynab|maryam mariam|mahmood mehmood mahmoud|choudhury chowdhury chaudhry|sheikh shaikh|rahman rehman|hassan hasan|akhtar akhter|yasmin yasmeen|layla leila laila|ibrahim ebrahim|abdullah abdulla|kaur kour|uddin udin|kowalski kowalsky|wisniewski wisniewsky|singh sing'
    .split('|')
    .flatMap((line) => {
      const group = line.split(' ')
      return group.map((name): [string, readonly string[]] => [name, group.filter((other) => other !== name)])
    }),
)

/** Chance from a seed: sfc32 (Doty-Humphrey), of which the whole county is made. */
export const dice = (seed: number) => {
  let [a, b, c, d] = [seed | 0, 0x9e3779b9 | 0, 0x243f6a88 | 0, 1]
  const draw = (): number => {
    const t = (((a + b) | 0) + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + t
    c |= 0
    return (t >>> 0) / 0x100000000
  }
  for (let i = 0; i < 20; i++) draw()
  const below = (n: number): number => Math.floor(draw() * n)
  return {
    happens: (share: number): boolean => draw() < share,
    below,
    of: <T>(list: readonly T[]): T => list[below(list.length)]!,
    /** Earlier ones more often, about as names are: the first some ten times as often as the fiftieth. */
    ranked: <T>(list: readonly T[]): T => list[Math.floor(list.length * draw() ** 1.9)]!,
  }
}
type Dice = ReturnType<typeof dice>

/** Half of British family names are rare ones; these are made of syllables. */
const rareNames = (chance: Dice): readonly string[] => {
  const start = words('b br bl ch cl cr d dr f fl g gr h k l m n p pr r s sh st sw t tr w wh th v j')
  const middle = words('a e i o u ai ea ee oo ou ar er or al en on')
  const end = words('ton ley ham ford son by wick worth field man well wood shaw den ridge croft more combe bury stead')
  const link = words('n r l s t d m ck ll ng nd rt st')
  return Array.from(
    new Set(
      Array.from(
        { length: 40_000 },
        () =>
          chance.of(start) +
          chance.of(middle) +
          chance.of(link) +
          (chance.happens(0.4) ? chance.of(middle) : '') +
          chance.of(end),
      ),
    ),
  )
}

const pad = (n: number, width = 2): string => String(n).padStart(width, '0')
const units = 'ABDEFGHJLNPQRSTUWXYZ'
const areas = words('B M L S LS BD HD NG LE CV BS CF E SE N SW G NE SR BN PO SO OX RG MK NN PE NR IP CB')
const roads = words(
  'High Station Church Park Victoria Green Manor Kings Queens Mill London York Windsor Albert School West North Chester Stanley Broad',
)

const home = (chance: Dice): Home => ({
  postcode: `${chance.of(areas)}${1 + chance.below(20)} ${chance.below(10)}${units[chance.below(20)]}${units[chance.below(20)]}`,
  address: `${1 + chance.below(150)} ${chance.of(roads)} ${chance.of(words('Road Street Lane Avenue Close Drive'))}`,
})
const phone = (chance: Dice): string => `07${pad(chance.below(1e9), 9)}`

/** Everybody, a household at a time: who shares a house shares most of what is compared. */
export function* people(seed: number): Generator<Person, never, undefined> {
  const chance = dice(seed)
  const rare = rareNames(chance)
  const origins = Object.keys(stock) as Origin[]
  let id = 0
  for (;;) {
    const drawn = chance.below(1000) / 1000
    const origin =
      origins.find((_, i) => drawn < origins.slice(0, i + 1).reduce((sum, each) => sum + stock[each].share, 0)) ??
      'British'
    const family = (): string => {
      if (origin !== 'British') return chance.ranked(stock[origin].family)
      const name = chance.happens(0.5) ? chance.ranked(stock.British.family) : chance.ranked(rare)
      return chance.happens(0.025) ? `${name}-${chance.ranked(stock.British.family)}` : name
    }
    const shared = { home: home(chance), family: family(), landline: `01${pad(chance.below(1e9), 9)}` }
    const parents = 1935 + chance.below(65)
    let sibling: Person | undefined
    for (let member = 0, size = chance.of([1, 2, 2, 3, 3, 4, 5]); member < size; member++) {
      const female = chance.happens(0.5)
      const given = (): string => chance.ranked(female ? stock[origin].women : stock[origin].men)
      const year = Math.min(2018, member < 2 ? parents + chance.below(8) : parents + 22 + chance.below(18))
      const registered = origin !== 'British' && chance.happens(0.08)
      const own = registered ? `${year}-01-01` : `${year}-${pad(1 + chance.below(12))}-${pad(1 + chance.below(28))}`
      const person: Person = {
        id: id++,
        origin,
        female,
        given: given(),
        middle: chance.happens(0.6) ? given() : '',
        family: member === 1 && chance.happens(0.4) ? family() : shared.family,
        married: female && chance.happens(0.25) ? family() : '',
        born: member > 2 && sibling !== undefined && chance.happens(0.03) ? sibling.born : own,
        homes: [shared.home, home(chance)],
        phones: [chance.happens(0.15) ? shared.landline : phone(chance), phone(chance)],
      }
      sibling = member >= 2 ? person : undefined
      yield person
    }
  }
}

/** How careless each agency is, from police to the public; and how many records a person has, from one to seven. */
const carelessness = [0.6, 0.8, 0.7, 0.9, 1, 2]
const recordsOf = [1, 1, 1, 1, 1, 2, 2, 2, 3, 3, 4, 5, 7]

/** So many records of a county's people, in no order. */
export const population = (seed: number, records: number): PopulationRecord[] => {
  const chance = dice(seed + 1)
  const found: PopulationRecord[] = []
  for (const person of people(seed)) {
    for (let n = chance.of(recordsOf); n > 0; n--) found.push({ person, values: written(person, chance) })
    if (found.length >= records) break
  }
  for (let i = found.length - 1; i > 0; i--) {
    const j = chance.below(i + 1)
    ;[found[i], found[j]] = [found[j]!, found[i]!]
  }
  return found.slice(0, records)
}

/** One record of a person, as some agency wrote it down. */
export const written = (person: Person, chance: Dice): string[] => {
  const care = chance.happens(0.06) ? 2 : chance.of(carelessness.slice(0, 5))
  const goesWrong = (share: number): boolean => chance.happens(share * care)
  let { given, middle, family } = person
  if (person.married !== '' && chance.happens(0.25)) family = person.married
  if (family.includes('-') && goesWrong(0.3)) family = chance.of(family.split('-'))
  if (nicknames[given] && goesWrong(0.18)) given = chance.of(nicknames[given]!)
  if (spellings.has(given) && goesWrong(0.3)) given = chance.of(spellings.get(given)!)
  if (spellings.has(family) && goesWrong(0.2)) family = chance.of(spellings.get(family)!)
  if (goesWrong(0.06)) given = slip(given, chance)
  if (goesWrong(0.06)) family = slip(family, chance)
  if (middle !== '' && goesWrong(0.02)) [given, middle] = [middle, given]
  if (goesWrong(0.012)) [given, family] = [family, given]
  if (goesWrong(0.03)) given = ''
  if (goesWrong(0.03)) given = given.slice(0, 1)
  const { postcode, address } = chance.happens(0.22) ? person.homes[1] : person.homes[0]
  const number = chance.happens(0.25) ? person.phones[1] : person.phones[0]
  const noPlace = goesWrong(0.15)
  const sex = goesWrong(0.005) !== person.female ? 'F' : 'M'
  return [
    given,
    goesWrong(0.35) ? '' : goesWrong(0.3) ? middle.slice(0, 1) : middle,
    goesWrong(0.01) ? '' : family,
    goesWrong(0.07) ? '' : writtenDate(person.born, goesWrong, chance),
    goesWrong(0.05) ? '' : sex,
    noPlace ? '' : goesWrong(0.05) ? postcode.slice(0, -1) + units[chance.below(20)] : postcode,
    noPlace || goesWrong(0.05) ? '' : address,
    goesWrong(0.4) ? '' : goesWrong(0.04) ? number.slice(0, -1) + chance.below(10) : number,
  ]
}

const writtenDate = (born: string, goesWrong: (share: number) => boolean, chance: Dice): string => {
  let [year, month, day] = born.split('-').map(Number) as [number, number, number]
  if (day <= 12 && goesWrong(0.015)) [month, day] = [day, month]
  if (goesWrong(0.02)) day = 1 + chance.below(28)
  if (goesWrong(0.015)) month = 1 + chance.below(12)
  if (goesWrong(0.02)) year += chance.of([-1, 1, -10, 10, 2, -2])
  if (goesWrong(0.01)) [month, day] = [1, 1]
  return `${year}-${pad(month)}-${pad(day)}`
}

/** A letter left out, doubled, exchanged or mistyped, or heard otherwise. */
const slip = (word: string, chance: Dice): string => {
  const at = chance.below(word.length)
  const [before, letter, after] = [word.slice(0, at), word.charAt(at), word.slice(at + 1)]
  return chance.of([
    before + after,
    before + letter + letter + after,
    before + after.slice(0, 1) + letter + after.slice(1),
    before + chance.of(words('a e i o n r s t l k m')) + after,
    word.replace(/ph/, 'f').replace(/ck/, 'k').replace(/ee/, 'ea').replace(/y$/, 'ie'),
  ])
}
