import { agencyNames } from '../../../partnership/index.ts'
import { day } from '../../../subjects/index.ts'
import { namesFor } from '../../../staff/index.ts'
import {
  Button,
  classNames,
  Details,
  errorFor,
  fill,
  Form,
  Radios,
  redirect,
  SummaryList,
  Textarea,
  typed,
  type Ask,
  type FieldError,
} from '../../../web/index.ts'
import { kinds, labelIn, sizes } from '../../codes.ts'
import { checksOf } from '../../report/change.ts'
import { ChecksDue } from '../../report/pages/checks-due.tsx'
import { withProject, withWriter, type At } from '../at-project.ts'
import { missingOf } from '../gate.ts'
import { goBack, moveOn } from '../move.ts'
import { stageAfter, stages, type Stage } from '../project.ts'
import { stateOf, type State } from '../state.ts'
import { projectPage } from './frame.tsx'
import { Actions } from './actions.tsx'
import { LackList } from './lacks.tsx'
import { ReportLine } from './report-line.tsx'

/** One project at a glance: how far it is, who owns it, what comes next and what the next stage still waits for. */
export const projectHub = withProject((ask, at) => view(ask, at))

/** On to the next stage, if nothing is missing by now. */
export const sendOn = withWriter(async (ask, at) => {
  const from = at.project.stage
  const outcome = await moveOn(ask.tx, at.viewer, at.project.id, from, { at: at.now, today: at.today })
  if (outcome === 'something is missing') return view(ask, at, [{ field: 'on', text: ask.w.projects.hub.lacking }])
  return redirect(`${at.base}?done=${outcome === 'moved' ? 'moved' : 'elsewhere'}`)
})

/** Back to an earlier stage, for a reason. */
export const sendBack = withWriter(async (ask, at) => {
  const words = ask.w.projects.hub
  const stage = stages.find((one) => one === typed(ask.form, 'stage'))
  const why = typed(ask.form, 'why').trim()
  const errors = [
    ...(earlier(at).some((one) => one === stage) ? [] : [{ field: 'stage', text: words.stageMissing }]),
    ...(why ? [] : [{ field: 'why', text: words.whyMissing }]),
  ]
  if (errors.length > 0 || !stage) return view(ask, at, errors)
  await goBack(ask.tx, at.viewer, at.project.id, { stage, why }, at.now)
  return redirect(`${at.base}?done=back`)
})

const earlier = ({ project }: At): readonly Stage[] => stages.slice(0, stages.indexOf(project.stage))

const view = async (ask: Ask, at: At, errors: readonly FieldError[] = []) => {
  const state = await stateOf(ask.tx, at.viewer.partnership, at.project.id)
  const checks = await checksOf(ask.tx, at.viewer.partnership, { project: at.project.id })
  const words = ask.w.projects
  const owner = state.members.find(({ part }) => part === 'owner')
  const people = await namesFor(ask.tx, owner ? [owner.account_id] : [])
  const named = owner && people.get(owner.account_id)
  const agencies = await agencyNames(ask.tx, [
    at.project.programme_agency_id,
    ...state.actions.map(({ agency_id }) => agency_id),
  ])
  const open = state.actions.filter(({ done_at }) => !done_at)
  return projectPage({
    ask,
    at,
    place: '',
    title: words.hub.title,
    errors,
    wide: true,
    children: (
      <>
        <Stages ask={ask} stage={at.project.stage} />
        <div class="trellis-measure">
          <SummaryList
            rows={[
              {
                key: words.hub.owner,
                value: named ? `${named.name}, ${named.jobTitle}, ${named.agency}` : words.hub.nobody,
                actions: at.writes
                  ? [{ href: ask.href(`${at.base}/people/hand-over`), text: words.hub.handOver }]
                  : undefined,
              },
              { key: words.hub.programme, value: agencies.get(at.project.programme_agency_id) ?? '' },
              {
                key: words.hub.sort,
                value: `${labelIn(kinds, at.project.kind)}, ${labelIn(sizes, at.project.size).toLowerCase()}`,
              },
              { key: words.hub.since, value: day(ask, at.project.stage_since) },
            ]}
          />
          <Gate ask={ask} at={at} state={state} />
          <h2 class="govuk-heading-m">{words.hub.next}</h2>
          {open.length === 0 ? (
            <p class="govuk-body">{words.hub.nothingNext}</p>
          ) : (
            <Actions ask={ask} at={at} actions={open} agencies={agencies} />
          )}
          {at.writes && (
            <Button classes="govuk-button--secondary" href={ask.href(`${at.base}/actions/new`)}>
              {words.actions.add}
            </Button>
          )}
          <ReportLine ask={ask} at={at} report={state.report} />
          <ChecksDue ask={ask} checks={checks} today={at.today} />
          {at.writes && earlier(at).length > 0 && <Back ask={ask} at={at} errors={errors} />}
        </div>
      </>
    ),
  })
}

const Stages = ({ ask, stage }: { ask: Ask; stage: Stage }) => {
  const words = ask.w.projects
  const now = stages.indexOf(stage)
  return (
    <ol class="trellis-stages" aria-label={words.hub.stages}>
      {stages.map((one, i) => (
        <li
          class={classNames(
            'trellis-stages__one',
            i < now && 'trellis-stages__one--done',
            i === now && 'trellis-stages__one--now',
          )}
          aria-current={i === now ? 'step' : undefined}
        >
          {words.stages[one]}
          <span class="trellis-stages__when">
            {i < now ? words.hub.done : i === now ? words.hub.now : words.hub.later}
          </span>
        </li>
      ))}
    </ol>
  )
}

/** What the next stage waits for, in words; or the button that goes on. */
const Gate = ({ ask, at, state }: { ask: Ask; at: At; state: State }) => {
  const words = ask.w.projects
  const to = stageAfter(at.project.stage)
  if (!to) return <p class="govuk-body">{words.hub.end}</p>
  const missing = missingOf(state, at.today)
  return (
    <section class="trellis-next" aria-labelledby="on">
      <h2 class="govuk-heading-m" id="on" tabIndex={-1}>
        {fill(words.hub.gate, { stage: words.stages[to].toLowerCase() })}
      </h2>
      {missing.length === 0 ? (
        <p class="govuk-body">{words.hub.ready}</p>
      ) : (
        <LackList ask={ask} at={at} missing={missing} />
      )}
      {missing.length === 0 && at.writes && (
        <Form ask={ask} action={`${at.base}/on`} once>
          <Button preventDoubleClick>{fill(words.hub.goOn, { stage: words.stages[to].toLowerCase() })}</Button>
        </Form>
      )}
    </section>
  )
}

const Back = ({ ask, at, errors }: { ask: Ask; at: At; errors: readonly FieldError[] }) => {
  const words = ask.w.projects
  return (
    <Details summary={words.hub.goBack} open={errors.some(({ field }) => field === 'stage' || field === 'why')}>
      <p class="govuk-body">{words.hub.goBackHint}</p>
      <Form ask={ask} action={`${at.base}/back`} once>
        <Radios
          name="stage"
          fieldset={{ legend: { text: words.hub.toStage, classes: 'govuk-fieldset__legend--s' } }}
          value={typed(ask.form, 'stage')}
          errorMessage={errorFor(errors, 'stage')}
          items={earlier(at).map((value) => ({ value, text: words.stages[value] }))}
        />
        <Textarea
          name="why"
          label={{ text: words.hub.why, classes: 'govuk-label--s' }}
          rows={3}
          value={typed(ask.form, 'why')}
          errorMessage={errorFor(errors, 'why')}
        />
        <Button classes="govuk-button--secondary" preventDoubleClick>
          {words.hub.backButton}
        </Button>
      </Form>
    </Details>
  )
}
