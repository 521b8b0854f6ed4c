import { redirect, type Handler } from '../../web/index.ts'
import { signOut } from '../own-account.ts'
import { noSession } from './said.tsx'

export const sendSignOut: Handler = async (ask) => {
  await signOut(ask)
  return redirect('/sign-in?signed-out', [noSession])
}
