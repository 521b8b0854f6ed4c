import { Details, fill, Title, type Ask } from '../../web/index.ts'
import { fits, signsOf, type Choice, type Guidance, type Setting, type Sign } from '../guidance.ts'
import { ChoiceForm } from './choice.tsx'
import { ContactCard } from './contact.tsx'
import { day } from './day.ts'
import { Lines } from './lines.tsx'

type Props = {
  ask: Ask
  guidance: Guidance
  setting: Setting
  choice: Choice
  /** A sign to point out: the one that is being changed. */
  marked?: string
}

export const SettingView = ({ ask, guidance, setting, choice, marked }: Props) => {
  const w = ask.w.guidance.setting
  const self = setting.place === 'self'
  const all = signsOf(guidance, setting.code)
  const used = guidance.types.filter(({ code }) => all.some(({ types }) => types.includes(code)))
  return (
    <div class="trellis-two">
      <div class="trellis-two__main">
        <Title caption={w.caption} size="xl">
          {setting.name}
        </Title>
        <p class="trellis-who">{setting.who}</p>
        <p class="govuk-body-l">{setting.intro}</p>
        <p class="trellis-danger trellis-danger--pale">
          <a href={`tel:${setting.emergency}`}>{fill(w.danger, { number: setting.emergency })}</a>
        </p>
        <h2 class="govuk-heading-l">{self ? w.lookSelf : w.look}</h2>
        {!self && <ChoiceForm ask={ask} types={used} choice={choice} path={`/signs/${setting.slug}`} />}
        <SignList {...{ ask, guidance, choice, all, marked }} />
        <OneSign ask={ask} />
        <ReportButton ask={ask} setting={setting} />
        <h2 class="govuk-heading-l">{self ? w.doSelf : w.do}</h2>
        <Lines of={setting.do_lines} />
        <h2 class="govuk-heading-m">{self ? w.saySelf : w.say}</h2>
        <Lines of={setting.say_this} kind="say" />
        <h2 class="govuk-heading-m">{self ? w.neverSelf : w.never}</h2>
        <Lines of={setting.never} kind={self ? 'do' : 'never'} />
        <About {...{ ask, guidance, setting, all }} />
      </div>
      <aside class="trellis-two__side">
        {setting.extra_contacts.length > 0 && (
          <>
            <h2 class="govuk-heading-m">{w.contacts}</h2>
            <ul class="trellis-contacts">
              {setting.extra_contacts.map((contact) => (
                <ContactCard ask={ask} contact={contact} />
              ))}
            </ul>
          </>
        )}
        <Papers ask={ask} setting={setting} />
      </aside>
    </div>
  )
}

type SignsProps = { ask: Ask; guidance: Guidance; choice: Choice; all: readonly Sign[]; marked?: string }

const SignList = ({ ask, guidance, choice, all, marked }: SignsProps) => {
  const { filter, setting: w } = ask.w.guidance
  const shown = all.filter((sign) => fits(sign, choice))
  const type = guidance.types.find(({ code }) => code === choice.type)
  const what = [choice.age === 'child' && filter.children, choice.age === 'adult' && filter.adults, type?.name]
  const mixed = new Set(all.map((sign) => sign.ages.join())).size > 1
  const alone = { child: w.childOnly, adult: w.adultOnly }
  return (
    <>
      {(choice.age ?? choice.type) && (
        <p class="govuk-body" role="status">
          {shown.length === 0
            ? filter.none
            : fill(filter.showing, { count: shown.length, all: all.length, what: what.filter(Boolean).join(', ') })}
        </p>
      )}
      <ul class="trellis-signs">
        {shown.map((sign) => (
          <li id={sign.code} class={sign.code === marked ? 'trellis-signs__marked' : undefined}>
            {sign.text}
            {mixed && sign.ages.length === 1 && <span class="trellis-signs__age"> {alone[sign.ages[0]!]}</span>}
          </li>
        ))}
      </ul>
    </>
  )
}

export const OneSign = ({ ask }: { ask: Ask }) => {
  const { signs } = ask.w.guidance
  return (
    <div class="trellis-note">
      <p>
        <strong>{signs.oneSign}.</strong> {signs.oneSignText}{' '}
        <a class="govuk-link" href={ask.href('/about/one-sign')}>
          {signs.oneSignLink}
        </a>
      </p>
    </div>
  )
}

const ReportButton = ({ ask, setting }: { ask: Ask; setting: Setting }) => {
  const w = ask.w.guidance.setting
  const self = setting.place === 'self'
  return (
    <div class="trellis-act trellis-screen-only">
      <a
        class="govuk-button trellis-big-button"
        href={ask.href(`/report?setting=${setting.report_setting}`)}
        role="button"
        draggable={false}
        data-module="govuk-button"
      >
        {self ? w.buttonSelf : w.button}
      </a>
      <p>{self ? w.buttonHintSelf : w.buttonHint}</p>
      {self && (
        <p>
          <a class="govuk-link" href={ask.href(`/for-you/${setting.slug}`)}>
            {w.personLink}
          </a>
        </p>
      )}
    </div>
  )
}

const Papers = ({ ask, setting }: { ask: Ask; setting: Setting }) => {
  const w = ask.w.guidance.setting
  return (
    <div class="trellis-screen-only">
      <h2 class="govuk-heading-m">{w.print}</h2>
      <ul class="trellis-onward">
        {(['poster', 'card'] as const).map((paper) => (
          <li>
            <a class="govuk-link" href={`/signs/${setting.slug}/${paper}.pdf`} type="application/pdf">
              {w[paper]} ({w.pdf})
            </a>
          </li>
        ))}
      </ul>
    </div>
  )
}

type AboutProps = { ask: Ask; guidance: Guidance; setting: Setting; all: readonly Sign[] }

/** What each sign is called in a record, and where it comes from: for those who ask. */
const About = ({ ask, guidance, setting, all }: AboutProps) => {
  const w = ask.w.guidance.setting
  const names = new Map(guidance.types.map(({ code, name }) => [code, name]))
  return (
    <Details summary={w.about}>
      <p>{w.aboutText}</p>
      <ul class="trellis-about-signs">
        {all.map((sign) => (
          <li>
            <strong>{sign.code}</strong> {w.harms[sign.harm]}. {w.types}:{' '}
            {sign.types
              .flatMap((code) => names.get(code) ?? [])
              .join(', ')
              .toLowerCase()}
            . {w.source}: {sign.source}.
          </li>
        ))}
      </ul>
      <p>{fill(w.review, { date: day(ask, setting.review_by) })}</p>
    </Details>
  )
}
