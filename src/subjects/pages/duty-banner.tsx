import type { OpenDuty } from '../../sharing/index.ts'
import { fill, NotificationBanner, type Ask } from '../../web/index.ts'

/** What duty clauses ask of the viewer's agency about this person: each goes to the screen that answers it. */
export const DutyBanner = (props: { ask: Ask; duties: readonly OpenDuty[]; agencies: ReadonlyMap<string, string> }) => {
  const { ask, duties, agencies } = props
  const words = ask.w.duty.duties
  if (duties.length === 0) return null
  return (
    <NotificationBanner title={words.title} titleId="duty-to-share">
      {duties.map(({ id, subject_id, recipient_agency_id, cite, title, waits }) => {
        const what = fill(words.person, { agency: agencies.get(recipient_agency_id) ?? '', cite, title })
        return (
          <p class="govuk-notification-banner__heading">
            {waits ? (
              `${what} ${words.waits}.`
            ) : (
              <a class="govuk-notification-banner__link" href={ask.href(`/people/${subject_id}/share?duty=${id}`)}>
                {what}
              </a>
            )}
          </p>
        )
      })}
    </NotificationBanner>
  )
}
