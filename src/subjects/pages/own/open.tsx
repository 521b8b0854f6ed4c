import type { ComponentChildren } from 'preact'
import { Button, fill, Form, Link, NotificationBanner, type Handler } from '../../../web/index.ts'
import type { OwnSection } from '../../own/section.ts'
import type { SectionName } from '../../own/way.ts'
import { atOwn, ownPage } from './at-own.tsx'
import { nextOf, ownSections } from './sections.tsx'

/**
 * The person's own page. Its parts are folded, so that a telephone shows at once what there is; the one that they come
 * back from stands open. What only they do, only they are offered.
 */
export const openOwn =
  (more: readonly OwnSection[]): Handler =>
  async (ask) => {
    const at = await atOwn(ask)
    if (at.kind === 'answer') return at.answer
    const { viewer } = at
    const words = ask.w.own
    const isThem = viewer.as === 'themself'
    const parts = []
    const came = ask.query['done'] ?? ''
    for (const { name, title, show, isNew } of [nextOf(more), ...more, ...ownSections])
      if (viewer.sections.includes(name))
        parts.push({
          title: title(ask),
          body: await show(ask, viewer),
          open: name === opens[came] || ((await isNew?.(ask, viewer)) ?? false),
        })
    const done = (words.done as Record<string, string>)[came]
    return ownPage(ask, {
      title: isThem ? words.hello : fill(words.helloFor, { holder: words.holders[viewer.as as 'parent' | 'advocate'] }),
      back: false,
      children: (
        <>
          {done && (
            <NotificationBanner type="success" title={ask.w.common.saved}>
              {done}
            </NotificationBanner>
          )}
          <p class="govuk-body">
            {isThem ? words.intro : words.introFor} {words.closes}
          </p>
          {isThem && (
            <div class="govuk-button-group">
              <Button href={ask.href('/mine/not-safe')} classes="govuk-button--warning">
                {words.unsafe}
              </Button>
              <Button href={ask.href('/mine/stop')} classes="govuk-button--secondary">
                {words.stop}
              </Button>
              <a class="govuk-link" href={ask.href('/mine/feedback')}>
                {words.how}
              </a>
            </div>
          )}
          {parts
            .filter(({ body }) => body !== null)
            .map(({ title, body, open }) => (
              <Folded title={title} open={open}>
                {body}
              </Folded>
            ))}
          <p class="govuk-body">
            <Link href={ask.href('/you-said')}>{words.changed}</Link>
          </p>
          <Form ask={ask} action="/mine/finish">
            <Button>{words.finish}</Button>
          </Form>
        </>
      ),
    })
  }

/** Which part is open for somebody who comes back from having done something. */
const opens: Readonly<Record<string, SectionName>> = { story: 'story', disagree: 'written', plan: 'plan' }

const Folded = ({ title, open, children }: { title: string; open: boolean; children: ComponentChildren }) => (
  <details class="trellis-fold" open={open}>
    <summary class="trellis-fold__summary">
      <h2 class="govuk-heading-m trellis-fold__title">{title}</h2>
    </summary>
    <div class="trellis-fold__body">{children}</div>
  </details>
)
