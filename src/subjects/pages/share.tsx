import { agencies } from '../../partnership/index.ts'
import {
  answersFor,
  codesOf,
  decideNotToShare,
  disclosureOf,
  dutyFor,
  moreHarmful,
  secondsFor,
  share,
  type Frame,
  type OpenDuty,
} from '../../sharing/index.ts'
import { keptPage, redirect, typed, type Answer, type Ask, type FieldError, type Handler } from '../../web/index.ts'
import { enter, type Through } from '../gate.ts'
import { closenessOf } from '../recipient.ts'
import { frameOn } from '../subject.ts'
import { answersView, decisionView, whomView } from './share-views.tsx'
import { readNot, readShare, readWhom, type Asked, type Ground } from './share-form.ts'

/** Three steps in one form: to whom and what; what the agreement answers; and then the decision, to share or not to. */
export const sharePage: Handler = async (ask) => {
  const at = await enter(ask, ask.params['id']!)
  if (at.kind === 'answer') return at.answer
  const duty = await dutyFor(ask.tx, at.worker, { duty: ask.query['duty'], subject: at.subject.id, now: at.now })
  const ground = await groundOf({ ...ask, form: await begun(ask, at, duty) }, at)
  return whomView({ ...ground, duty }, at)
}

/** What the viewer is here for; what a duty clause asks; or a decision that was overturned, to be shared after all. */
const begun = async (ask: Ask, at: Through, duty: OpenDuty | undefined): Promise<Ask['form']> => {
  const { purpose, basis, condition } = at.worker.stated
  const after = ask.query['after']
  const before = after
    ? await disclosureOf(ask.tx, ask.house.keys, at.worker, at.subject.id, after, {
        ...at,
        age: frameOn(at.subject.adult_from, at.today),
      })
    : undefined
  if (duty) {
    const { recipient_agency_id: recipient, classes, purpose: asked } = duty
    // The clause reaches what is open under the agreement; more closely kept is another decision.
    return { recipient, classes, handling: '0', purpose: asked, basis, condition }
  }
  if (!before) return { purpose, basis, condition }
  return {
    recipient: before.recipient_agency_id,
    name: before.recipient_name ?? '',
    role: before.recipient_role ?? '',
    classes: before.classes,
    handling: String(before.kept),
    purpose: before.purpose,
    basis: before.basis,
    condition: before.condition,
  }
}

const groundOf = async (ask: Ask, at: Through): Promise<Ground> => {
  const others = (await agencies(ask.tx, ask.place.id, { on: at.today })).filter(({ id }) => id !== at.worker.agency)
  return {
    ask,
    codes: await codesOf(ask.tx, ask.place.id),
    recipients: new Map(others.map(({ id, name }) => [id, name])),
    today: at.today,
  }
}

export const sendShare: Handler = async (ask) => {
  const at = await enter(ask, ask.params['id']!)
  // The purpose ended while they wrote: nothing of it is lost, and it can be sent again once it is stated anew.
  if (at.kind === 'answer') return keptPage(ask, 409, ask.w.share.share.ended)
  const ground = await groundOf(ask, at)
  const step = typed(ask.form, 'step')
  if (step === 'whom') return whomView(ground, at)
  const read = readWhom(ground)
  if (!read.ok) return whomView(ground, at, read.errors)
  const frame: Frame = {
    age: frameOn(at.subject.adult_from, at.today),
    handling: read.value.handling,
    closeness: await closenessOf(ask, at, { agency: read.value.recipient, name: read.value.name }),
  }
  const whom = { ...read.value, subject: at.subject.id, at: at.now }
  const answers = answersFor(whom, { ...frame, supplier: at.worker.agency, register: at.register })
  const asked = { ground, at, whom, frame, answers }
  if (step === 'share') return decisionView(asked, step)
  if (step === 'not') return notView(asked)
  if (step === 'keep share') return keepShare(asked)
  if (step === 'keep not') return keepNot(asked)
  return answersView(asked)
}

const keepShare = async (asked: Asked): Promise<Answer> => {
  const { at, whom, frame } = asked
  const { ask } = asked.ground
  const denied = asked.answers.some(({ told }) => told.effect === 'deny')
  const read = readShare(ask, { today: at.today, age: frame.age, denied })
  if (!read.ok) return decisionView(asked, 'share', read.errors)
  const kept = await share(ask.tx, ask.house.keys, at.worker, { ...whom, ...read.value }, frame)
  if (kept !== 'outside needed') return redirect(`/people/${at.subject.id}/shared?done=shared`)
  const wrong: FieldError[] = [{ field: 'outside', text: ask.w.share.share.yes.outsideMissing }]
  return decisionView(asked, 'share', wrong)
}

const keepNot = async (asked: Asked): Promise<Answer> => {
  const { at, whom, frame } = asked
  const { ask } = asked.ground
  const answering = frame.handling === 2 ? await seconds(asked) : []
  const read = readNot(
    ask,
    frame.age,
    answering.map(({ id }) => id),
  )
  if (!read.ok) return notView(asked, read.errors)
  await decideNotToShare(ask.tx, ask.house.keys, at.worker, { ...whom, ...read.value }, frame)
  return redirect(`/people/${at.subject.id}/shared?done=${read.value.reason === moreHarmful ? 'second' : 'not'}`)
}

/** Whoever decides that sharing would harm the child more is told beforehand where nobody is there to answer it. */
const notView = async (asked: Asked, errors: readonly FieldError[] = []): Promise<Answer> =>
  decisionView(asked, 'not', errors, await seconds(asked))

const seconds = ({ ground, at }: Asked) => secondsFor(ground.ask.tx, at.worker, at.subject.id)
