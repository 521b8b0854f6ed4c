import { z } from 'zod'
import { hasRole, NotFound, type StaffViewer } from '../../../platform/index.ts'
import { accountsOfAgency } from '../../../staff/index.ts'
import {
  Button,
  Checkboxes,
  errorFor,
  Errors,
  fill,
  Form,
  Input,
  Link,
  page,
  Radios,
  readForm,
  redirect,
  ticked,
  Title,
  typed,
  type Ask,
  type FieldError,
  type Handler,
} from '../../../web/index.ts'
import { feedToSend, type Feed } from '../feed.ts'
import { keepFeed } from '../keep-feed.ts'
import { feedsFor } from '../queries.ts'
import { moment } from './moment.ts'

/** The agency's lists, as far as somebody may send them. For whoever may send none there is no such page. */
export const feedsPage: Handler = async (ask) => {
  const worker = ask.viewer as StaffViewer
  const words = ask.w.feeds
  const feeds = await feedsFor(ask.tx, worker)
  const manages = hasRole(worker, 'manager')
  if (feeds.length === 0 && !manages) throw new NotFound()
  return page({
    title: words.title,
    frame: 'staff',
    body: (
      <>
        <Title>{words.title}</Title>
        <p class="govuk-body">{words.intro}</p>
        {feeds.length === 0 && <p class="govuk-body">{words.none}</p>}
        {feeds.map(({ id, name, people, last }) => (
          <section>
            <h2 class="govuk-heading-m govuk-!-margin-bottom-1">
              <Link href={ask.href(`/feeds/${id}`)}>{name}</Link>
            </h2>
            <p class="govuk-body">
              {fill(words.people, { count: people })}.{' '}
              {last
                ? fill(words.last, { state: words.states[last.state], when: moment(ask, last.started_at) })
                : words.never}
            </p>
          </section>
        ))}
        {manages && (
          <p class="govuk-body">
            <Link href={ask.href('/feeds/new')}>{words.open}</Link>
          </p>
        )}
      </>
    ),
  })
}

export const newFeedPage: Handler = (ask) => view(ask, undefined)
export const feedSettingsPage: Handler = async (ask) => view(ask, await own(ask))
export const sendNewFeed: Handler = (ask) => save(ask, undefined)
export const sendFeedSettings: Handler = async (ask) => save(ask, await own(ask))

const own = (ask: Ask): Promise<Feed> => feedToSend(ask.tx, ask.viewer, ask.params['feed'])

const save = async (ask: Ask, feed: Feed | undefined) => {
  const words = ask.w.feeds
  const many = z.preprocess((value) => (value === undefined ? [] : [value].flat()), z.array(z.uuid()))
  const read = readForm(
    z.strictObject({
      name: z.string(words.nameMissing).trim().min(1, words.nameMissing).max(100, words.nameMissing),
      sends: z.enum(['whole', 'changes'], words.sendsMissing),
      contact: z.string(words.contactMissing).trim().min(1, words.contactMissing).max(200, words.contactMissing),
      senders: many,
      by_system: z.literal('yes').optional(),
    }),
    ask.form,
  )
  if (!read.ok) return view(ask, feed, read.errors)
  const said = { ...read.value, by_system: read.value.by_system === 'yes' }
  const id = await keepFeed(ask.tx, ask.viewer as StaffViewer, feed?.id, said, ask.house.now())
  return redirect(`/feeds/${id}`)
}

const view = async (ask: Ask, feed: Feed | undefined, errors: readonly FieldError[] = []) => {
  const words = ask.w.feeds
  const worker = ask.viewer as StaffViewer
  const title = feed ? words.editTitle : words.open
  const isSent = errors.length > 0
  const value = (field: 'name' | 'sends' | 'contact'): string =>
    isSent ? typed(ask.form, field) : (feed?.[field] ?? '')
  const senders = feed
    ? await ask.tx.selectFrom('feed_sender').select('staff_id').where('feed_id', '=', feed.id).execute()
    : []
  const colleagues = (await accountsOfAgency(ask.tx, worker.agency)).filter(({ roles }) => !roles.includes('manager'))
  return page({
    title,
    status: isSent ? 422 : 200,
    frame: 'staff',
    body: (
      <>
        <Errors ask={ask} errors={errors} />
        <Title>{title}</Title>
        <Form ask={ask} once>
          <Input
            name="name"
            label={words.name}
            hint={words.nameHint}
            value={value('name')}
            errorMessage={errorFor(errors, 'name')}
          />
          <Radios
            name="sends"
            fieldset={{ legend: { text: words.sends, classes: 'govuk-fieldset__legend--s' } }}
            hint={words.sendsHint}
            errorMessage={errorFor(errors, 'sends')}
            value={value('sends')}
            items={(['whole', 'changes'] as const).map((one) => ({ value: one, text: words.sendsItems[one] }))}
          />
          <Input
            name="contact"
            label={words.contact}
            hint={words.contactHint}
            value={value('contact')}
            errorMessage={errorFor(errors, 'contact')}
          />
          {colleagues.length > 0 && (
            <Checkboxes
              name="senders"
              fieldset={{ legend: { text: words.senders, classes: 'govuk-fieldset__legend--s' } }}
              values={isSent ? ticked(ask.form, 'senders') : senders.map(({ staff_id }) => staff_id)}
              items={colleagues.map(({ id, name, jobTitle }) => ({ value: id, text: `${name}, ${jobTitle}` }))}
            />
          )}
          <Checkboxes
            name="by_system"
            fieldset={{ legend: { text: words.bySystem, classes: 'govuk-fieldset__legend--s' } }}
            values={isSent ? ticked(ask.form, 'by_system') : feed?.by_system ? ['yes'] : []}
            items={[{ value: 'yes', text: words.bySystemItem }]}
          />
          <Button preventDoubleClick>{words.save}</Button>
        </Form>
      </>
    ),
  })
}
