import { Button, fill, Form, NotificationBanner, type Handler } from '../../../web/index.ts'
import type { OwnSection } from '../../own/section.ts'
import { atOwn, ownPage } from './at-own.tsx'
import { ownSections } from './sections.tsx'

/** The person's own page, part by part. What only they do, only they are offered. */
export const openOwn =
  (more: readonly OwnSection[]): Handler =>
  async (ask) => {
    const at = await atOwn(ask)
    if (at.kind === 'answer') return at.answer
    const { viewer } = at
    const words = ask.w.own
    const isThem = viewer.as === 'themself'
    const parts = []
    for (const { name, title, show } of [...ownSections, ...more])
      if (viewer.sections.includes(name)) parts.push({ title: title(ask), body: await show(ask, viewer) })
    const done = (words.done as Record<string, string>)[ask.query['done'] ?? '']
    return ownPage(ask, {
      title: isThem ? words.hello : fill(words.helloFor, { holder: words.holders[viewer.as as 'parent' | 'advocate'] }),
      back: false,
      children: (
        <>
          {done && (
            <NotificationBanner type="success" title={ask.w.common.save}>
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
            .map(({ title, body }) => (
              <section class="trellis-story">
                <h2 class="govuk-heading-m">{title}</h2>
                {body}
              </section>
            ))}
          <Form ask={ask} action="/mine/finish">
            <Button>{words.finish}</Button>
          </Form>
        </>
      ),
    })
  }
