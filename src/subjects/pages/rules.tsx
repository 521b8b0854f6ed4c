import { hasRole } from '../../platform/index.ts'
import { namesFor } from '../../staff/index.ts'
import { BackLink, Button, Details, fill, Link, page, Tag, Title, type Ask, type Handler } from '../../web/index.ts'
import { retentionRules, type RetentionRule } from '../rules.ts'
import { when } from './said.tsx'

/** The rules by which records are kept, each with its source, and what they were before, with the reason of each change. */
export const rulesPage: Handler = async (ask) => {
  const rules = await retentionRules(ask.tx, ask.place.id)
  const names = await namesFor(
    ask.tx,
    rules.flatMap(({ changed_by }) => changed_by ?? []),
  )
  const words = ask.w.rights.rules
  const now = rules.filter(({ ended_at }) => ended_at === null)
  const before = rules.filter(({ ended_at }) => ended_at !== null)
  const keeps = hasRole(ask.viewer, 'administrator', 'guardian')
  return page({
    title: words.title,
    frame: 'staff',
    body: (
      <>
        {hasRole(ask.viewer, 'manager', 'guardian') && <BackLink href={ask.href('/retention')}>{words.back}</BackLink>}
        <Title>{words.title}</Title>
        <p class="govuk-body">{words.intro}</p>
        <ul class="trellis-rows">
          {now.map((rule) => (
            <Row ask={ask} rule={rule} names={names} keeps={keeps} />
          ))}
        </ul>
        {keeps && (
          <Button href={ask.href('/retention/rules/new')} classes="govuk-button--secondary">
            {words.new}
          </Button>
        )}
        {before.length > 0 && (
          <Details summary={words.before}>
            <ul class="trellis-rows">
              {before.map((rule) => (
                <Row ask={ask} rule={rule} names={names} keeps={false} />
              ))}
            </ul>
          </Details>
        )}
      </>
    ),
  })
}

type RowProps = { ask: Ask; rule: RetentionRule; names: Awaited<ReturnType<typeof namesFor>>; keeps: boolean }

const Row = ({ ask, rule, names, keeps }: RowProps) => {
  const words = ask.w.rights.rules
  const kinds: Record<string, string> = ask.w.subjects.entryKinds
  const { ended_at, from_at, why, changed_by } = rule
  return (
    <li class="trellis-row">
      <div>
        {keeps ? (
          <Link href={ask.href(`/retention/rules/${rule.code}`)} classes="trellis-row__name">
            {rule.label}
          </Link>
        ) : (
          <span class="trellis-row__name">{rule.label}</span>
        )}
        <span class="trellis-row__more">
          {fill(words.keeps, { years: rule.years, from: words.from[rule.counts_from] })}
          {rule.entry_kinds.length > 0 && (
            <>
              <br />
              {fill(words.needs, { kinds: rule.entry_kinds.map((kind) => kinds[kind] ?? kind).join(', ') })}
            </>
          )}
          {rule.source && (
            <>
              <br />
              {rule.source}
            </>
          )}
          {why && from_at && (
            <>
              <br />
              {fill(words.changed, {
                name: names.get(changed_by ?? '')?.name ?? '',
                when: when(ask, from_at),
                why,
              })}
            </>
          )}
          {ended_at && (
            <>
              <br />
              {fill(words.ended, { when: when(ask, ended_at) })}
            </>
          )}
        </span>
      </div>
      <div class="trellis-row__tags">
        {!rule.checked && <Tag classes="govuk-tag--yellow">{ask.w.rights.retention.unchecked}</Tag>}
      </div>
    </li>
  )
}
