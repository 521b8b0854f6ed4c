import {
  aboutPerson,
  contextBar,
  enter,
  homeOf,
  KeptBack,
  keptBackFrom,
  personTop,
  restrictedIn,
} from '../../../subjects/index.ts'
import type { Through } from '../../../subjects/index.ts'
import { BackLink, Link, NotificationBanner, page, type Ask, type Handler } from '../../../web/index.ts'
import { Section } from '../../pages/person.tsx'
import { mayPlan } from '../../plan/may.ts'
import { contextSections } from '../context-sections.ts'
import { ClosedBanner, doneIn, standingClosure } from './frame.tsx'

/** One place, group or online space: why the viewer is here, and each section asked once, as for a person. */
export const contextHub: Handler = async (ask) => {
  const at = await enter(ask, ask.params['id']!)
  if (at.kind === 'answer') return at.answer
  const top = await personTop(ask, at)
  const closure = await standingClosure(ask, at)
  const told = []
  for (const { title, href, show } of contextSections) told.push({ title: title(ask), href, ...(await show(ask, at)) })
  const withheld = await keptBackFrom(ask, at)
  ask.above = () => contextBar(ask, at, 'h1')
  const about = aboutPerson(at)
  const restricted = restrictedIn(
    told.flatMap(({ shown }) => shown),
    at.worker,
    at.ties,
  )
  const done = doneIn(ask)
  return page({
    title: at.subject.reference,
    wide: true,
    frame: 'staff',
    about: { ...about, detail: { ...about.detail, ...(restricted && { restricted }) } },
    body: (
      <>
        <BackLink href={ask.href('/contexts')}>{ask.w.contexts.title}</BackLink>
        {done && (
          <NotificationBanner type="success" title={ask.w.common.saved}>
            {done}
          </NotificationBanner>
        )}
        <ClosedBanner ask={ask} closure={closure} />
        {top}
        <div class="trellis-concern">
          <div class="trellis-concern__main">
            {told
              .filter(({ body }) => body !== null)
              .map(({ title, href, body }) => (
                <Section ask={ask} title={title} href={href && `${homeOf(at.subject)}/${href}`}>
                  {body}
                </Section>
              ))}
          </div>
          <aside class="trellis-concern__side" id="side" aria-labelledby="side-title">
            <h2 class="govuk-heading-m trellis-told__title" id="side-title">
              {ask.w.contexts.side.label}
            </h2>
            <Acts ask={ask} at={at} />
            <KeptBack ask={ask} withheld={withheld} />
          </aside>
        </div>
      </>
    ),
  })
}

/** Pages that are the same for a person stand below theirs. */
const Acts = ({ ask, at }: { ask: Ask; at: Through }) => {
  const words = ask.w.contexts.side
  const shared = `/people/${at.subject.id}`
  const links: [href: string, text: string, shown?: boolean][] = [
    [`${shared}/involved`, words.involved],
    [`${shared}/looked`, words.looked, at.ties.closeness >= 2],
    [`${shared}/warnings`, words.warnings],
    [`${shared}/share`, words.share],
    [`${shared}/meetings`, words.meetings],
    [`${homeOf(at.subject)}/describe`, words.describe, mayPlan(at)],
    [`${homeOf(at.subject)}/close`, words.close, mayPlan(at)],
  ]
  return (
    <ul class="govuk-list trellis-side-links">
      {links
        .filter(([, , shown = true]) => shown)
        .map(([href, text]) => (
          <li>
            <Link href={ask.href(href)}>{text}</Link>
          </li>
        ))}
    </ul>
  )
}
