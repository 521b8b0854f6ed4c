import { NotFound } from '../../../platform/index.ts'
import { page, type Answer, type Ask } from '../../../web/index.ts'
import { readChoice } from '../../guidance.ts'
import { SettingView } from '../../parts/setting.tsx'
import { guidanceFor } from '../../published.ts'

/** /signs/hotels: what to look for there, and what to do. */
export const show = async (ask: Ask): Promise<Answer> => {
  const guidance = await guidanceFor(ask)
  const setting = guidance.settings.find(({ slug }) => slug === ask.params['slug'])
  if (!setting) throw new NotFound()
  const choice = readChoice(ask.query, guidance.types)
  return page({
    title: setting.name,
    frame: 'public',
    wide: true,
    cache: 'public',
    body: <SettingView {...{ ask, guidance, setting, choice }} />,
  })
}
