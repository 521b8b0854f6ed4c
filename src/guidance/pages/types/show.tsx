import { NotFound } from '../../../platform/index.ts'
import { page, type Answer, type Ask } from '../../../web/index.ts'
import { TypeView } from '../../parts/type.tsx'
import { guidanceFor } from '../../published.ts'

/** /types/CUCK: one kind of exploitation, and where it may be noticed. */
export const show = async (ask: Ask): Promise<Answer> => {
  const guidance = await guidanceFor(ask)
  const code = ask.params['code']?.toUpperCase()
  const type = guidance.types.find((one) => one.code === code)
  if (!type) throw new NotFound()
  return page({
    title: type.name,
    frame: 'public',
    cache: 'public',
    body: <TypeView {...{ ask, guidance, type }} />,
  })
}
