import { Button, page, redirect, Title, type Handler } from '../../web/index.ts'
import { enrolling } from '../factors.ts'
import { mayHavePasskeys } from '../passkey.ts'
import { onTheWay, thenOf } from './said.tsx'

/** Somebody's first second factor: nothing else opens before there is one. */
export const setUpPage: Handler = async (ask) => {
  const who = await enrolling(ask)
  const then = thenOf(ask)
  if (!who?.isFirst) return redirect(onTheWay('/sign-in/second-factor', then))
  // Where passkeys cannot work there is nothing to choose.
  if (!mayHavePasskeys(ask.house)) return redirect(onTheWay('/sign-in/set-up/authenticator', then))
  const words = ask.w.staff.setUp
  return page({
    title: words.title,
    frame: 'staff',
    body: (
      <>
        <Title>{words.title}</Title>
        <p class="govuk-body-l">{words.text}</p>
        <div class="trellis-choices">
          <section class="trellis-choice">
            <h2 class="govuk-heading-m">{words.appTitle}</h2>
            <p class="govuk-body">{words.appText}</p>
            <Button href={ask.href(onTheWay('/sign-in/set-up/authenticator', then))}>{words.appLink}</Button>
          </section>
          <section class="trellis-choice trellis-needs-script">
            <h2 class="govuk-heading-m">{words.passkeyTitle}</h2>
            <p class="govuk-body">{words.passkeyText}</p>
            <Button href={ask.href(onTheWay('/sign-in/set-up/passkey', then))}>{words.passkeyLink}</Button>
          </section>
        </div>
        <p class="govuk-hint">{words.over}</p>
      </>
    ),
  })
}
