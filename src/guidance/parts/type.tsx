import { fill, Title, type Ask } from '../../web/index.ts'
import { signsOf, type ExploitationType, type Guidance } from '../guidance.ts'

export const TypeView = ({ ask, guidance, type }: { ask: Ask; guidance: Guidance; type: ExploitationType }) => {
  const w = ask.w.guidance.types
  const { button } = ask.w.guidance.setting
  const names = guidance.types
    .filter(({ code }) => type.applies_with.includes(code))
    .map(({ name }) => name.toLowerCase())
  const where = guidance.settings
    .map((setting) => ({
      setting,
      count: signsOf(guidance, setting.code).filter((s) => s.types.includes(type.code)).length,
    }))
    .filter(({ count }) => count > 0)
  return (
    <>
      <Title caption={w.caption} size="xl">
        {type.name}
      </Title>
      <p class="govuk-body-l">{type.plain}</p>
      <p class="govuk-body">{w.ages[type.ages]}</p>
      {names.length > 0 && <p class="govuk-body">{fill(w.flag, { types: names.join(', ') })}</p>}
      {type.say_instead && <p class="govuk-body">{fill(w.sayInstead, { words: type.say_instead })}</p>}
      <a
        class="govuk-button trellis-big-button"
        href={ask.href('/report')}
        role="button"
        draggable={false}
        data-module="govuk-button"
      >
        {button}
      </a>
      <h2 class="govuk-heading-m">{w.signs}</h2>
      {where.length === 0 && <p class="govuk-body">{w.none}</p>}
      <ul class="trellis-where">
        {where.map(({ setting, count }) => (
          <li>
            <a class="govuk-link" href={ask.href(`/signs/${setting.slug}?type=${type.code}`)}>
              {setting.name}
            </a>{' '}
            <span class="trellis-where__count">{count === 1 ? w.signCountOne : fill(w.signCount, { count })}</span>
          </li>
        ))}
      </ul>
      <p class="govuk-body">
        <a class="govuk-link" href={ask.href('/types')}>
          {w.all}
        </a>
      </p>
    </>
  )
}
