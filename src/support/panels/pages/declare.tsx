import { z } from 'zod'
import { endOfDay } from '../../../sharing/index.ts'
import { readForm, redirect, type Handler } from '../../../web/index.ts'
import { inside, toSitting } from '../at-sitting.ts'
import { declareAt } from '../declare.ts'

/** The declaration is made by the button under its words. */
export const sendDeclaration: Handler = async (ask) => {
  const at = await toSitting(ask)
  readForm(z.strictObject({}), ask.form)
  const until = await endOfDay(ask.tx, at.now, ask.place.zone)
  const { worker, sitting, now, base } = await inside(ask, { ...at, until })
  await declareAt(ask.tx, ask.house.keys, worker, sitting, now)
  return redirect(base)
}
