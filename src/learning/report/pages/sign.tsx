import { z } from 'zod'
import { namesFor } from '../../../staff/index.ts'
import { fill, readForm, redirect, WarningText, type Ask, type FieldError } from '../../../web/index.ts'
import { publishNamesAnew } from '../publish.ts'
import { writtenIn } from '../read.ts'
import { standingOf } from '../ready.ts'
import {
  consentToPublish,
  maySayNaming,
  sayNaming,
  signaturesOf,
  signReport,
  takeConsentBack,
  type NotNow,
} from '../sign.ts'
import { sides, sidesOf } from '../sides.ts'
import { ConsentForms } from './consent.tsx'
import { reportPage, withReport, type At } from './frame.tsx'
import { SignForm } from './sign-form.tsx'
import { SignaturesShown } from './signatures.tsx'
import { Whole } from './whole.tsx'

/** The version that stands, to be read, signed and agreed to; and every signature there is. */
export const signPage = withReport((ask, at) => view(ask, at))

export const sendSign = withReport(async (ask, at) => {
  const words = ask.w.learningReport.form
  const { wrong } = words.sign
  const line = (missing: string) => z.string(missing).trim().min(1, missing).max(200, wrong.long)
  const read = readForm(
    z.strictObject({
      version: z.coerce.number().int().positive(),
      side: z.enum(sides, wrong.side),
      name: line(wrong.name),
      role: line(wrong.role),
      body: line(wrong.body),
      named: z.enum(['yes', 'no'], wrong.named),
      read: z.literal('yes', wrong.read),
    }),
    ask.form,
  )
  if (!read.ok) return view(ask, at, read.errors)
  const { named, read: _, ...signing } = read.value
  const said = { ...signing, report: at.report.id, named: named === 'yes', day: at.today }
  const signed = await signReport(ask.tx, at.viewer, said, at.now)
  return signed === 'signed' ? redirect(`${at.base}/sign?done=signed`) : view(ask, at, [notNow(ask, signed)])
})

/** Publication is agreed to, or no longer, apart from signing: a signature alone publishes nothing. */
export const sendConsent = withReport(async (ask, at) => {
  const { wrong } = ask.w.learningReport.form.sign
  const read = readForm(
    z.strictObject({
      version: z.coerce.number().int().positive(),
      side: z.enum(sides, wrong.side),
      do: z.enum(['agree', 'take back']),
      agree: z.literal('yes').optional(),
    }),
    ask.form,
  )
  const plain = { ...ask, form: {} }
  if (!read.ok) return view(plain, at, read.errors)
  const { do: does, agree, ...consent } = read.value
  if (does === 'agree' && !agree) return view(plain, at, [{ field: `agree-${consent.side}`, text: wrong.agree }])
  const act = does === 'agree' ? consentToPublish : takeConsentBack
  const done = await act(ask.tx, at.viewer, { ...consent, report: at.report.id }, at.now)
  if (done === 'agreed') return redirect(`${at.base}/sign?done=agreed`)
  if (done === 'taken back') return redirect(`${at.base}/sign?done=takenBack`)
  return view(plain, at, [notNow(ask, done)])
})

/** Whether somebody agrees to be named, which may change: what is published follows at once. */
export const sendNaming = withReport(async (ask, at) => {
  const { wrong } = ask.w.learningReport.form.sign
  const signature = (await signaturesOf(ask.tx, at.viewer.partnership, at.report.id)).find(
    ({ id }) => id === ask.params['signature'],
  )
  const plain = { ...ask, form: {} }
  if (!signature || !maySayNaming(at.viewer, signature))
    return view(plain, at, [{ field: 'signatures', text: wrong.notYours }])
  const read = readForm(z.strictObject({ named: z.enum(['yes', 'no'], wrong.named) }), ask.form)
  if (!read.ok) return view(plain, at, [{ field: `named-${signature.id}`, text: wrong.named }])
  const agreed = read.value.named === 'yes'
  await sayNaming(ask.tx, at.viewer, { report: at.report.id, signature: signature.id, agreed }, at.now)
  await publishNamesAnew(ask.tx, at.viewer, at.report, at.now)
  return redirect(`${at.base}/sign?done=naming`)
})

const notNow = (ask: Ask, why: NotNow): FieldError => ({
  field: 'version',
  text: ask.w.learningReport.form.sign.notNow[why],
})

const view = async (ask: Ask, at: At, errors: readonly FieldError[] = []) => {
  const { viewer, report } = at
  const words = ask.w.learningReport.form
  const standing = await standingOf(ask.tx, viewer.partnership, report.id)
  const content = await writtenIn(ask.tx, viewer.partnership, report.id)
  const signatures = await signaturesOf(ask.tx, viewer.partnership, report.id)
  const allowed = await sidesOf(ask.tx, viewer, report.id, standing.version)
  const names = await namesFor(ask.tx, [viewer.staff, ...standing.consents.map(({ given_by }) => given_by)])
  const signedByMe = signatures.some((one) => one.version === standing.version && one.account_id === viewer.staff)
  const own = names.get(viewer.staff)
  return reportPage({
    ask,
    at,
    title: words.sign.title,
    errors,
    back: { href: at.base, text: words.backTo },
    children: (
      <>
        <p class="govuk-body-l">{fill(words.sign.intro, { version: standing.version })}</p>
        {standing.signedBefore.map(({ side, version }) => (
          <WarningText>
            {fill(words.sign.again, { side: words.sides[side], before: version, version: standing.version })}
          </WarningText>
        ))}
        <SignaturesShown ask={ask} at={at} signatures={signatures} version={standing.version} errors={errors} />
        <h2 class="govuk-heading-m">{fill(words.sign.version, { version: standing.version })}</h2>
        <Whole ask={ask} content={content} />
        <h2 class="govuk-heading-m" id="version">
          {words.sign.signHere}
        </h2>
        {standing.two.length > 0 ? (
          <p class="govuk-body">{words.sign.twoTexts}</p>
        ) : signedByMe ? (
          <p class="govuk-body">{words.sign.signedByYou}</p>
        ) : (
          <SignForm
            ask={{
              ...ask,
              form: { name: own?.name ?? '', role: own?.jobTitle ?? '', body: own?.agency ?? '', ...ask.form },
            }}
            at={at}
            standing={standing}
            allowed={allowed}
            errors={errors}
          />
        )}
        <h2 class="govuk-heading-m">{words.consent.title}</h2>
        <ConsentForms
          ask={ask}
          at={at}
          standing={standing}
          allowed={allowed}
          nameOf={(id) => names.get(id)?.name ?? words.somebody}
          errors={errors}
        />
      </>
    ),
  })
}
