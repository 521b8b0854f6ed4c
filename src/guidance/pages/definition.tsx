import { NotFound } from '../../platform/index.ts'
import { page, type Answer, type Ask } from '../../web/index.ts'
import { DefinitionView } from '../parts/definition.tsx'
import { guidanceFor } from '../published.ts'

export const definition = async (ask: Ask): Promise<Answer> => {
  const guidance = await guidanceFor(ask)
  if (!guidance.definition) throw new NotFound()
  return page({
    title: ask.w.guidance.definition.title,
    frame: 'public',
    cache: 'public',
    body: <DefinitionView ask={ask} definition={guidance.definition} />,
  })
}
