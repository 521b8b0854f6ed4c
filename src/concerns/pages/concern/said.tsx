import type { ComponentChildren } from 'preact'
import { MapLocator, mapOf } from '../../../partnership/index.ts'
import { ageOn } from '../../../platform/index.ts'
import { fill, SummaryList, Tag, type SummaryRow } from '../../../web/index.ts'
import { routeLabel } from '../../decision.ts'
import { most_shared } from '../../shared.ts'
import type { Props } from './facts.ts'
import { pointInWords } from '../point.ts'
import { dayInWords, named, soon, Written } from '../said.tsx'

export const Section = ({ id, title, children }: { id: string; title: string; children: ComponentChildren }) => (
  <section class="trellis-section" id={id} aria-labelledby={`${id}-title`}>
    <h2 class="govuk-heading-m" id={`${id}-title`}>
      {title}
    </h2>
    {children}
  </section>
)

const written = (text: string | null | undefined) => (text ? <Written>{text}</Written> : undefined)
/** Rows that say something; what nobody said has no row. */
const rows = (all: [key: string, value: ComponentChildren][]): SummaryRow[] =>
  all
    .filter(([, value]) => value !== undefined && value !== '' && value !== null)
    .map(([key, value]) => ({ key, value: <>{value}</> }))

/** What was said, in the sender's own words first. */
export const Said = ({ ask, facts }: Props) => {
  const { concern: words, yesNo, abouts, consents } = ask.w.duty
  const { concern } = facts
  return (
    <Section id="said" title={words.sections.said}>
      <h3 class="govuk-heading-s">{words.worry}</h3>
      <div class="trellis-worry">
        <Written>{concern.worry}</Written>
      </div>
      <SummaryList
        classes="trellis-facts"
        rows={rows([
          [words.about, named(abouts, concern.about)],
          [
            words.happened,
            written(
              [concern.happened_on && dayInWords(concern.happened_on), concern.happened].filter(Boolean).join('\n'),
            ),
          ],
          [words.stillHappening, named(yesNo, concern.still_happening)],
          [words.place, written(concern.place)],
          [words.postcode, written(concern.postcode)],
          [words.point, pointOf({ ask, facts })],
          [words.setting, facts.setting],
          [words.language, concern.language === 'en' ? undefined : concern.language],
          [words.wantsNews, concern.wants_news ? ask.w.common.yes : ask.w.common.no],
          [words.personWants, written(concern.person_wants)],
          [
            words.personKnows,
            written([named(yesNo, concern.person_knows), concern.person_knows_why].filter(Boolean).join('\n')),
          ],
          [words.consent, written([named(consents, concern.consent), concern.consent_why].filter(Boolean).join('\n'))],
          [words.agencyReference, written(concern.agency_reference)],
          [
            concern.channel === 'phone' ? words.enteredBy : words.sentBy,
            concern.entered_by && `${facts.named(concern.entered_by)}, ${facts.agency(concern.agency_id)}`,
          ],
        ])}
      />
      {facts.signs.length > 0 && (
        <>
          <h3 class="govuk-heading-s">{words.signs}</h3>
          <p class="govuk-hint">{words.signsHint}</p>
          <ul class="govuk-list govuk-list--bullet">
            {facts.signs.map((sign) => (
              <li>{sign}</li>
            ))}
          </ul>
        </>
      )}
    </Section>
  )
}

/** The point as numbers, in words, and on a small map where the partnership has one. */
const pointOf = ({ ask, facts: { concern } }: Props): ComponentChildren => {
  const { latitude, longitude } = concern
  if (latitude === null || longitude === null) return undefined
  const map = mapOf(ask.place.slug)
  const point = pointInWords(ask, latitude, longitude)
  if (!map) return point
  const label = fill(ask.w.duty.concern.pointMap, { place: ask.place.place, point })
  return (
    <>
      {point}
      <div class="trellis-map trellis-map--small">
        <MapLocator map={map} point={[longitude, latitude]} label={label} />
        <p class="trellis-map__credit">{map.attribution.join(' ')}</p>
      </div>
    </>
  )
}

export const People = ({ ask, facts }: Props) => {
  const { concern: words, parts } = ask.w.duty
  const { fields } = words
  return (
    <Section id="people" title={words.sections.people}>
      {facts.people.length === 0 && <p class="govuk-body">{words.noPeople}</p>}
      {facts.people.map((person, i) => (
        <SummaryList
          card={{
            title: {
              text: <bdi>{person.name || person.nickname || fill(words.person, { number: i + 1 })}</bdi>,
              headingLevel: 3,
            },
          }}
          rows={[
            { key: words.about, value: named(parts, person.part) },
            ...rows([
              [fields.name, written(person.name)],
              [fields.nickname, written(person.nickname)],
              [fields.age, written(ageSaid(ask, facts, person))],
              [fields.sex, named(words.sexes, person.sex)],
              [fields.gender, written(person.gender)],
              [fields.ethnicity, written(person.ethnicity)],
              [fields.first_language, written(person.first_language)],
              [fields.needs, written(person.needs)],
              [fields.address, written(person.address)],
              [fields.postcode, written(person.postcode)],
              [fields.phone, written(person.phone)],
              [fields.nhs_number, written(person.nhs_number)],
              [fields.other_reference, written(person.other_reference)],
              [fields.school_or_work, written(person.school_or_work)],
              [fields.description, written(person.description)],
            ]),
          ]}
        />
      ))}
    </Section>
  )
}

const ageSaid = (ask: Props['ask'], facts: Props['facts'], person: Props['facts']['people'][number]): string => {
  const words = ask.w.duty.concern
  if (person.born_on)
    return fill(words.ageFrom, { age: ageOn(person.born_on, facts.today), date: dayInWords(person.born_on) })
  return [person.age_said, named(words.ageGroups, person.age_group)].filter(Boolean).join('\n')
}

export const Details = ({ ask, facts }: Props) => {
  const { concern: words, detailKinds, came } = ask.w.duty
  return (
    <Section id="details" title={words.sections.details}>
      {facts.details.length === 0 ? (
        <p class="govuk-body">{words.noDetails}</p>
      ) : (
        <SummaryList
          rows={facts.details.map((detail) => ({
            key: named(detailKinds, detail.kind),
            value: (
              <>
                <Written>{detail.said}</Written>
                {detail.note && <Written>{detail.note}</Written>}
                <span class="govuk-hint trellis-inline">{named(came, detail.came)}</span>
              </>
            ),
          }))}
        />
      )}
    </Section>
  )
}

/** Photos and sound as their cleaned copies; originals only with a reason. */
export const Files = ({ ask, facts }: Props) => {
  const words = ask.w.duty.concern
  const to = (id: string) => ask.href(`/concerns/${facts.concern.id}/files/${id}`)
  return (
    <Section id="files" title={words.sections.files}>
      {facts.attachments.length === 0 && <p class="govuk-body">{words.noFiles}</p>}
      <ul class="trellis-files">
        {facts.attachments.map((file) => (
          <li>
            {file.copy_type?.startsWith('image/') && <img src={to(file.id)} alt={file.name} loading="lazy" />}
            {file.copy_type?.startsWith('audio/') && (
              <audio controls preload="none" src={to(file.id)} aria-label={file.name}></audio>
            )}
            <p class="govuk-body-s">
              <bdi class="trellis-words">{file.name}</bdi> ({file.type}, {Math.ceil(file.bytes / 1024)} KB).{' '}
              {file.copy_type ? words.fileCopy : words.fileNoCopy}{' '}
              <a class="govuk-link trellis-screen-only" href={`${to(file.id)}/original`}>
                {words.original}
                <span class="govuk-visually-hidden">: {file.name}</span>
              </a>
            </p>
          </li>
        ))}
      </ul>
    </Section>
  )
}

/** Other concerns in which the same thing was said, the telling things first. */
export const Shared = ({ ask, facts }: Props) => {
  const { concern: words, detailKinds, channels } = ask.w.duty
  const groups = Map.groupBy(facts.shared, ({ concern_id }) => concern_id)
  return (
    <Section id="shared" title={words.sections.shared}>
      {groups.size === 0 && <p class="govuk-body">{words.noShared}</p>}
      <p class="govuk-body trellis-screen-only">
        <a class="govuk-link govuk-link--no-visited-state" href={ask.href(`/network/${facts.concern.id}`)}>
          {ask.w.network.link}
        </a>
      </p>
      <ul class="trellis-shared">
        {[...groups].slice(0, most_shared).map(([id, found]) => (
          <li>
            <p class="govuk-body govuk-!-margin-bottom-1">
              <a class="govuk-link govuk-!-font-weight-bold" href={ask.href(`/concerns/${id}`)}>
                {found[0]!.reference}
              </a>{' '}
              <span class="govuk-hint trellis-inline">
                {soon(ask, found[0]!.received_at)} · {named(channels, found[0]!.channel)} ·{' '}
                {found[0]!.route ? routeLabel(found[0]!.route) : words.sharedUndecided}
              </span>
            </p>
            <p class="govuk-body-s">
              {found.map(({ kind, said, said_here }) => (
                <>
                  <Tag classes="govuk-tag--grey trellis-plain-tag">
                    <bdi>
                      {fill(said === said_here ? words.sharedDetail : words.sharedAs, {
                        kind: named(detailKinds, kind),
                        said,
                        here: said_here,
                      })}
                    </bdi>
                  </Tag>{' '}
                </>
              ))}
            </p>
          </li>
        ))}
      </ul>
      {groups.size > most_shared && <p class="govuk-body">{words.sharedMore}</p>}
    </Section>
  )
}
