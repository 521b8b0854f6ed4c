import type { ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { finished } from 'node:stream'
import type { Ask, Watch } from './ask.ts'

/**
 * What is read ends with the sign-in it was asked with: whatever has not left this machine by then is not sent. Forms are
 * let be, because signing in and out are forms too; what they lead to is asked for anew.
 */
export const endWithSignIn = (watch: Watch, ask: Ask, raw: ServerResponse): void => {
  if (ask.viewer.kind !== 'staff') return
  // Closing politely would first send what waits in the buffers.
  const cut = (): void => void (raw.socket instanceof Socket ? raw.socket.resetAndDestroy() : raw.destroy())
  finished(raw, watch(ask.place, ask.cookies, cut))
}
