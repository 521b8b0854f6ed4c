import { NotFound } from '../../platform/index.ts'
import { page, type Answer, type Ask } from '../../web/index.ts'
import { PlainPage } from '../parts/plain-page.tsx'
import { guidanceFor } from '../published.ts'

/** /about, /privacy, /cookies, /accessibility and what hangs below /about. */
export const plainPage = async (ask: Ask): Promise<Answer> => {
  const guidance = await guidanceFor(ask)
  const code = ask.path.split('/').at(-1)
  const found = guidance.pages.find((one) => one.code === code)
  if (!found || code === 'home') throw new NotFound()
  return page({ title: found.title, frame: 'public', cache: 'public', body: <PlainPage ask={ask} content={found} /> })
}
