import { NotFound } from '../../../platform/index.ts'
import { agencyNames } from '../../../partnership/index.ts'
import { day } from '../../../subjects/index.ts'
import {
  BackLink,
  Button,
  fill,
  Link,
  page,
  SummaryList,
  Title,
  WarningText,
  type Ask,
  type Handler,
} from '../../../web/index.ts'
import { answerInWords } from '../../writing/index.ts'
import { aboutPack, atPack, type AtPack } from '../at-pack.ts'
import { files, questionOf, saidOf, type Asks } from '../nrm.ts'
import { packPaper } from '../paper.ts'
import { longIn } from './part.tsx'

/** Everything in it, what is open, and what somebody should look at before it leaves the building. */
export const checkPage: Handler = async (ask) => {
  const here = await atPack(ask)
  if (here.kind === 'answer') return here.answer
  const { base, parts, route } = here
  const words = ask.w.packs.check
  const open = parts.flatMap((part) =>
    part.asks
      .filter(({ name, needed }) => needed && !(here.answers.get(name) ?? '').trim())
      .map((one) => ({ part, one })),
  )
  // What the form asks for and nobody answered stands above, one by one; the rest is counted part by part.
  const isAnswered = (one: Asks): boolean => told(here, one) !== ''
  return page({
    title: words.title,
    frame: 'staff',
    about: aboutPack(here),
    body: (
      <>
        <BackLink href={ask.href(base)}>{ask.w.packs.nrm}</BackLink>
        <Title caption={ask.w.packs.routeNames[route]}>{words.title}</Title>
        <Warnings ask={ask} here={here} />
        {open.length > 0 && (
          <>
            <h2 class="govuk-heading-m">{words.open}</h2>
            <p class="govuk-body">{words.openIntro}</p>
            <ul class="govuk-list govuk-list--bullet">
              {open.map(({ part, one }) => (
                <li>
                  <Link href={ask.href(`${base}/parts/${part.part}#${one.name}`)}>{one.label}</Link>
                </li>
              ))}
            </ul>
          </>
        )}
        {route === 'ask first' ? (
          <p class="govuk-body">{words.pdfShut}</p>
        ) : (
          <Button href={ask.href(`${base}/pack.pdf`)}>{words.pdf}</Button>
        )}
        {parts.map((part) => (
          <section>
            <h2 class="govuk-heading-m">{part.title}</h2>
            {part.asks.some(isAnswered) && (
              <SummaryList
                rows={part.asks.filter(isAnswered).map((one) => ({
                  key: one.label,
                  value: told(here, one),
                  actions: [
                    {
                      href: ask.href(`${base}/parts/${part.part}#${one.name}`),
                      text: ask.w.common.change,
                      visuallyHiddenText: one.label,
                    },
                  ],
                }))}
              />
            )}
            {part.asks.some((one) => !isAnswered(one)) && (
              <p class="govuk-body">
                {fill(words.left, { count: part.asks.filter((one) => !isAnswered(one)).length })}{' '}
                <Link href={ask.href(`${base}/parts/${part.part}`)}>
                  {words.openPart}
                  <span class="govuk-visually-hidden">: {part.title}</span>
                </Link>
              </p>
            )}
          </section>
        ))}
      </>
    ),
  })
}

const told = ({ answers }: AtPack, one: Asks): string =>
  answerInWords(questionOf(one), saidOf(one), answers.get(one.name) ?? '')

/** What is too long for the form outside, and every way to reach them of which nobody said that it is safe. */
const Warnings = ({ ask, here }: { ask: Ask; here: AtPack }) => {
  const words = ask.w.packs.check
  const every = here.parts.flatMap(({ asks }) => asks)
  const lines = [...unsafeIn(ask, here), ...longIn(ask, every, here.answers)]
  return (
    <>
      <h2 class="govuk-heading-m">{words.warnings}</h2>
      <WarningText>{words.notThem}</WarningText>
      <p class="govuk-body">{fill(words.sendsNothing, { files: files.most, megabytes: files.megabytes })}</p>
      {lines.length > 0 && (
        <ul class="govuk-list govuk-list--bullet">
          {lines.map((line) => (
            <li>{line}</li>
          ))}
        </ul>
      )}
    </>
  )
}

const safeties = { reach_phone: 'reach_phone_safe', decision_address: 'decision_safe' } as const
const unsafeIn = (ask: Ask, { parts, answers }: AtPack): string[] =>
  parts
    .flatMap(({ asks }) => asks)
    .filter(({ name, safe }) => {
      const asked = (safeties as Record<string, string>)[name]
      return safe && asked && (answers.get(name) ?? '').trim() && answers.get(asked) !== 'yes'
    })
    .map(({ label }) => fill(ask.w.packs.check.unsafe, { label: label.toLowerCase() }))

/** The pack on paper. @throws {NotFound} for an adult who was not asked: there is nothing to print until then */
export const packPdf: Handler = async (ask) => {
  const here = await atPack(ask)
  if (here.kind === 'answer') return here.answer
  const { at, parts, route } = here
  if (route === 'ask first') throw new NotFound()
  const words = ask.w.packs
  const agency = (await agencyNames(ask.tx, [at.worker.agency])).get(at.worker.agency) ?? ''
  const isNameless = route === 'duty to notify'
  const by = { name: at.worker.name, agency, reference: at.subject.reference }
  const bytes = await packPaper(
    {
      title: fill(isNameless ? words.paper.dtn : words.paper.title, { day: day(ask, at.now) }),
      // Whoever does not want to be named is not named by our reference either.
      lines: [
        fill(isNameless ? words.paper.madeNameless : words.paper.made, by),
        words.paper.not,
        ...unsafeIn(ask, here),
      ],
      parts: parts.map((part) => ({
        title: part.title,
        answers: part.asks.map((one) => ({ label: one.label, said: told(here, one) || words.check.notAnswered })),
      })),
      foot: words.paper.page,
    },
    at.now,
  )
  return { kind: 'download', type: 'application/pdf', name: 'referral-pack.pdf', bytes, about: aboutPack(here) }
}
