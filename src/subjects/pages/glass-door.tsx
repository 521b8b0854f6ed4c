import { BackLink, page, Title, type Ask } from '../../web/index.ts'

/** For somebody whose agency has a clause, but who does not work with this person. */
export const glassDoor = (ask: Ask) => {
  const words = ask.w.subjects.glass
  return page({
    title: words.title,
    status: 403,
    frame: 'staff',
    body: (
      <>
        <BackLink href={ask.href('/people')}>{ask.w.subjects.person.back}</BackLink>
        <Title>{words.title}</Title>
        <p class="govuk-body-l">{words.text}</p>
        <p class="govuk-body">{words.ask}</p>
      </>
    ),
  })
}
