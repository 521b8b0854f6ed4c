import { most_queued } from '../../../joining/index.ts'
import { Button, fill, NotificationBanner, page, Table, Title, type Handler } from '../../../web/index.ts'
import { frontDoor } from '../../front-door.ts'
import { reviewQueue } from '../../review.ts'
import { counted } from '../said.tsx'

const most_listed = 25

/** What waits for an answer: how much, and the first of it. */
export const waiting: Handler = async (ask) => {
  const worker = frontDoor(ask.viewer)
  const words = ask.w.joining.review
  const pairs = await reviewQueue(ask.tx, worker)
  const listed = pairs.slice(0, most_listed)
  const concerns = listed.flatMap(({ concern }) => concern ?? [])
  const references = concerns.length
    ? await ask.tx.selectFrom('concern').select(['id', 'reference']).where('id', 'in', concerns).execute()
    : []
  const known = new Map(references.map(({ id, reference }) => [id, reference]))
  const urgency = words.urgency as Record<string, string>
  return page({
    title: words.title,
    frame: 'staff',
    wide: true,
    body: (
      <>
        {ask.query['done'] === 'undone' && (
          <NotificationBanner type="success" title={ask.w.common.save}>
            <p class="govuk-notification-banner__heading">{words.undone}</p>
          </NotificationBanner>
        )}
        <Title>{words.title}</Title>
        <p class="govuk-body">{words.intro}</p>
        <p class="govuk-body govuk-!-font-weight-bold">
          {pairs.length === 0
            ? words.none
            : pairs.length === most_queued
              ? fill(words.count.most, { count: most_queued })
              : counted(words.count, pairs.length)}
        </p>
        {pairs[0] && (
          <>
            <Button href={ask.href(`/joining/${pairs[0].id}`)}>{words.start}</Button>
            <Table
              caption={words.list}
              captionClasses="govuk-table__caption--m"
              head={[{ text: words.head.what }, { text: words.head.urgency }, { text: words.head.concern }]}
              rows={listed.map(({ id, kind, concern, rank }) => [
                {
                  text: (
                    <a class="govuk-link" href={ask.href(`/joining/${id}`)}>
                      {ask.w.joining.questions[kind]}
                    </a>
                  ),
                },
                { text: urgency[String(rank)]! },
                { text: concern ? fill(words.concernOf, { reference: known.get(concern) ?? '' }) : words.record },
              ])}
            />
          </>
        )}
      </>
    ),
  })
}
