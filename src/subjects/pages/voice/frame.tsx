import type { ComponentChildren } from 'preact'
import { z } from 'zod'
import { BackLink, Errors, fill, page, Title, type Ask, type FieldError } from '../../../web/index.ts'
import { aboutPerson, type Through } from '../../gate.ts'

const most = 10_000

/** The frame of a form about somebody: where it goes back to, what is wrong, its title and the look it leaves. */
export const formPage = (
  ask: Ask,
  at: Through,
  parts: { title: string; back: string; errors?: readonly FieldError[]; children: ComponentChildren },
) => {
  const { title, back, errors = [], children } = parts
  return page({
    title,
    status: errors.length ? 422 : 200,
    frame: 'staff',
    about: aboutPerson(at),
    body: (
      <>
        <BackLink href={ask.href(back)}>{ask.w.common.back}</BackLink>
        <Errors ask={ask} errors={errors} />
        <Title>{title}</Title>
        {children}
      </>
    ),
  })
}

/** Words that have to be there; and words that may be. */
export const needWords = (ask: Ask, missing: string) => z.string(missing).regex(/\S/, missing).max(most, tooLong(ask))
export const mayWords = (ask: Ask) => z.string().max(most, tooLong(ask)).default('')
const tooLong = (ask: Ask): string => fill(ask.w.voice.write.long, { most: most.toLocaleString('en-GB') })
