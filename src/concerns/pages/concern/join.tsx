import {
  BackLink,
  Errors,
  page,
  redirect,
  Title,
  type Ask,
  type FieldError,
  type Handler,
  type Page,
} from '../../../web/index.ts'
import { concernFor, frontDoor } from '../../front-door.ts'
import { joinOf } from '../../joins.ts'
import { AnswerOrUndo, takeAnswer, takeBack, type Taken } from '../joining/answer.tsx'
import { JoinCard, namesIn } from './joins.tsx'

/** One proposal: why it may be the same, what was answered, and the answer. */
export const join: Handler = async (ask) => shown(ask, await joinAsked(ask), [])

export const joinAnswered: Handler = async (ask) => {
  const asked = await joinAsked(ask)
  return answered(ask, asked, await takeAnswer(ask, asked.worker, asked.found))
}

export const joinUndone: Handler = async (ask) => {
  const asked = await joinAsked(ask)
  return answered(ask, asked, await takeBack(ask, asked.worker))
}

type Asked = Awaited<ReturnType<typeof joinAsked>>

const answered = async (ask: Ask, asked: Asked, taken: Taken) => {
  if ('errors' in taken) return shown(ask, taken.status ? await joinAsked(ask) : asked, taken.errors, taken.status)
  const done = taken.done === 'decided' ? 'joined' : taken.done
  return redirect(`/concerns/${asked.concern.id}?done=${encodeURIComponent(done)}`)
}

const joinAsked = async (ask: Ask) => {
  const worker = frontDoor(ask.viewer)
  const concern = await concernFor(ask.tx, worker, ask.params['id']!)
  const found = await joinOf(ask.tx, ask.house.keys, worker, concern.id, ask.params['proposal'], ask.house.now())
  return { worker, concern, found }
}

const shown = async (
  ask: Ask,
  { concern, found }: Asked,
  errors: FieldError[],
  status: Page['status'] = errors.length ? 422 : 200,
): Promise<Page> => {
  const { form, questions, review } = ask.w.joining
  const title = questions[found.kind]
  return page({
    title,
    status,
    frame: 'staff',
    about: { kind: 'concern', id: concern.id },
    body: (
      <>
        <BackLink href={ask.href(`/concerns/${concern.id}#joins`)}>{form.back}</BackLink>
        <Errors ask={ask} errors={errors} />
        <Title caption={concern.reference}>{title}</Title>
        {found.blind && <p class="govuk-hint">{review.blindText}</p>}
        <div id="form">
          <JoinCard ask={ask} join={found} names={await namesIn(ask, [found])} headingLevel={2} />
          <AnswerOrUndo ask={ask} address={`/concerns/${concern.id}/joins/${found.id}`} join={found} errors={errors} />
        </div>
      </>
    ),
  })
}
