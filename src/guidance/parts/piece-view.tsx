import type { ContactPoint } from '../../partnership/index.ts'
import type { Ask } from '../../web/index.ts'
import type { AnyWords, Guidance, Kind, Piece, Publication } from '../guidance.ts'
import { Home } from '../pages/home.tsx'
import { DefinitionView } from './definition.tsx'
import { OfferView } from './offer.tsx'
import { PersonView } from './person.tsx'
import { PlainPage } from './plain-page.tsx'
import { SettingView } from './setting.tsx'
import { TypeView } from './type.tsx'

type Props = { ask: Ask; guidance: Guidance; points: readonly ContactPoint[]; head: Publication; words: AnyWords }

/** A piece as the public would see it with these words: drawn by the very components of its own page. */
export const PieceView = ({ ask, guidance, points, head, words }: Props) => {
  const piece = { ...head, ...words }
  switch (head.kind) {
    case 'setting':
      return <SettingView {...{ ask, guidance, choice: {} }} setting={piece as Piece<'setting'>} />
    case 'sign':
      return <SignInPlace {...{ ask, guidance }} sign={piece as Piece<'sign'>} />
    case 'type':
      return <TypeView {...{ ask, guidance }} type={piece as Piece<'type'>} />
    case 'offer':
      return <OfferView {...{ ask, points }} offer={piece as Piece<'offer'>} />
    case 'for-you':
      return <PersonView {...{ ask, guidance, points }} person={piece as Piece<'for-you'>} />
    case 'definition':
      return <DefinitionView ask={ask} definition={piece as Piece<'definition'>} />
    case 'page':
      return head.code === 'home' ? (
        <Home {...{ ask, guidance }} front={piece as Piece<'page'>} />
      ) : (
        <PlainPage ask={ask} content={piece as Piece<'page'>} />
      )
  }
}

/** A sign is shown on its list, where it will stand. */
const SignInPlace = ({ ask, guidance, sign }: { ask: Ask; guidance: Guidance; sign: Piece<'sign'> }) => {
  const setting = guidance.settings.find(({ code }) => code === sign.setting)
  if (!setting) return <p class="govuk-body trellis-words">{sign.text}</p>
  const there = guidance.signs.some(({ code }) => code === sign.code)
  const signs = there ? guidance.signs.map((one) => (one.code === sign.code ? sign : one)) : [...guidance.signs, sign]
  return <SettingView {...{ ask, setting, choice: {} }} guidance={{ ...guidance, signs }} marked={sign.code} />
}

/** Where the public finds a piece. */
export const publicAddress = (kind: Kind, code: string, words: Partial<AnyWords>, guidance: Guidance): string => {
  const slug = 'slug' in words ? words.slug : ''
  const setting = 'setting' in words ? guidance.settings.find((one) => one.code === words.setting) : undefined
  switch (kind) {
    case 'setting':
      return `/signs/${slug}`
    case 'sign':
      return `/signs/${setting?.slug ?? ''}#${code}`
    case 'type':
      return `/types/${code}`
    case 'offer':
      return `/offer/${slug}`
    case 'for-you':
      return `/for-you/${code}`
    case 'definition':
      return '/definition'
    case 'page':
      return code === 'home'
        ? '/'
        : ['about', 'privacy', 'cookies', 'accessibility'].includes(code)
          ? `/${code}`
          : `/about/${code}`
  }
}
