import type { StaffViewer } from '../../../platform/index.ts'
import { existingFor, subjectFacts } from '../../../subjects/index.ts'
import { BackLink, fill, Link, page, Table, Tag, Title, WarningText, type Ask, type Page } from '../../../web/index.ts'
import type { Answered } from '../ask.ts'

const colours = { yes: 'govuk-tag--red', ask: 'govuk-tag--yellow', no: 'govuk-tag--grey' } as const

/** Answers by line; a way on only where the agreement lets this viewer know of that person anyway. */
export const answersPage = async (ask: Ask, answers: readonly Answered[]): Promise<Page> => {
  const words = ask.w.blind.answers
  const open = await openTo(ask, [...new Set(answers.flatMap(({ subjects }) => subjects))])
  const what = { yes: words.yesWhat, ask: words.askWhat, no: words.noWhat }
  return page({
    title: words.title,
    wide: true,
    body: (
      <>
        <BackLink href={ask.href('/blind')}>{words.again}</BackLink>
        <Title>{words.title}</Title>
        <WarningText>{words.kept}</WarningText>
        <Table
          caption={words.caption}
          head={[words.line, words.answer, words.what]}
          firstCellIsHeader
          rows={answers.map(({ line, answer, subjects }) => {
            const [own] = subjects.filter((id) => open.has(id))
            return [
              line,
              <Tag classes={colours[answer]}>{words[answer]}</Tag>,
              own ? (
                <>
                  {words.yesOpen}{' '}
                  <Link
                    href={ask.href(`/people/${own}`)}
                    attributes={{ 'aria-label': fill(words.openOf, { line: String(line) }) }}
                  >
                    {words.open}
                  </Link>
                </>
              ) : (
                what[answer]
              ),
            ]
          })}
        />
      </>
    ),
  })
}

/** Of these people those whom some purpose opens to the viewer: the gate of each asks everything else. */
const openTo = async (ask: Ask, ids: readonly string[]): Promise<Set<string>> => {
  const viewer = ask.viewer as StaffViewer
  const { zone, id: partnership } = ask.place
  const now = ask.house.now()
  const facts = []
  for (const id of ids) {
    const found = await subjectFacts(ask.tx, partnership, id)
    if (found) facts.push({ ...found, subject: id })
  }
  const there = await existingFor(ask.tx, viewer, facts, { now, zone, glass: false })
  return new Set(there.map(({ subject }) => subject))
}
