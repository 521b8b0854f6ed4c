import type { ComponentChildren } from 'preact'
import { abreast } from '../../platform/index.ts'
import {
  aboutPerson,
  enter,
  homeOf,
  identityBar,
  isContext,
  personSide,
  personTop,
  restrictedIn,
} from '../../subjects/index.ts'
import { BackLink, Link, page, redirect, type Ask, type Handler } from '../../web/index.ts'
import { personSections } from '../person-sections.ts'

/** One person: why the viewer is here, and what each room knows of them, each asked once. */
export const personPage: Handler = async (ask) => {
  const at = await enter(ask, ask.params['id']!)
  if (at.kind === 'answer') return at.answer
  if (isContext(at.subject)) return redirect(`${homeOf(at.subject)}${doneIn(ask)}`)
  const [bar, top, side, ...told] = await abreast(
    ask.tx,
    () => identityBar(ask, at, 'h1'),
    () => personTop(ask, at),
    () => personSide(ask, at),
    ...personSections.map(({ title, href, show }) => async () => ({
      title: title(ask),
      href,
      ...(await show(ask, at)),
    })),
  )
  ask.above = () => Promise.resolve(bar)
  const about = aboutPerson(at)
  const restricted = restrictedIn(
    told.flatMap(({ shown }) => shown),
    at.worker,
    at.ties,
  )
  return page({
    title: at.subject.reference,
    wide: true,
    frame: 'staff',
    about: { ...about, detail: { ...about.detail, ...(restricted && { restricted }) } },
    body: (
      <>
        <BackLink href={ask.href('/people')}>{ask.w.subjects.person.back}</BackLink>
        {top}
        <div class="trellis-concern">
          <div class="trellis-concern__main">
            {told
              .filter(({ body, isEmpty }) => body !== null && !isEmpty)
              .map(({ title, href, body }) => (
                <Section ask={ask} title={title} href={href && `/people/${at.subject.id}/${href}`}>
                  {body}
                </Section>
              ))}
            <NothingYet ask={ask} id={at.subject.id} sections={told.filter(({ isEmpty }) => isEmpty)} />
          </div>
          <aside class="trellis-concern__side" id="side" aria-labelledby="side-title">
            <h2 class="govuk-heading-m trellis-told__title" id="side-title">
              {ask.w.subjects.person.side}
            </h2>
            {side}
          </aside>
        </div>
      </>
    ),
  })
}

/** What nobody has begun yet, in one line, each with the way to it. */
const NothingYet = (props: {
  ask: Ask
  id: string
  sections: readonly { title: string; href: string | undefined }[]
}) =>
  props.sections.length > 0 && (
    <Section ask={props.ask} title={props.ask.w.support.nothingYet} href={undefined}>
      <p class="govuk-body">
        {props.sections.map(({ title, href }, index) => (
          <>
            {index > 0 && ' · '}
            <Link href={props.ask.href(`/people/${props.id}/${href}`)}>{title}</Link>
          </>
        ))}
      </p>
    </Section>
  )

/** What was done on a page that is the same for a place. */
const doneIn = ({ query }: Ask): string => (query['done'] ? `?${new URLSearchParams({ done: query['done'] })}` : '')

export const Section = (props: { ask: Ask; title: string; href: string | undefined; children: ComponentChildren }) => (
  <section class="trellis-told">
    <h2 class="govuk-heading-m trellis-told__title">
      {props.href ? <Link href={props.ask.href(props.href)}>{props.title}</Link> : props.title}
    </h2>
    {props.children}
  </section>
)
