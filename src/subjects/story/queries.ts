import { sql } from 'kysely'
import { asProduct, type Keys, type Tx } from '../../platform/index.ts'
import { openWords } from '../sealed.ts'
import type { Card, CardName, Note, ReaderKind, Readers } from './story.ts'

/** Every version of the cards that row-level security shows this viewer, the newest first. */
export const cardsOf = async (
  tx: Tx,
  keys: Keys,
  partnership: string,
  subject: string,
  { card }: { card?: CardName } = {},
): Promise<Card[]> => {
  const { rows } = await sql<Omit<Card, 'words'> & { words_sealed: Buffer; key_id: string }>`
    select id, card, how, words_sealed, key_id, said_on::text as said_on, entered_by, entered_at, replaced_at
    from story_card where partnership_id = ${partnership} and subject_id = ${subject}
      and (${card ?? null}::text is null or card = ${card ?? null})
    order by entered_at desc, id`.execute(tx)
  return openWords(tx, keys, partnership, { table: 'story_card', columns: ['words'], rows })
}

/** What professionals wrote beside the cards, the oldest first. */
export const notesOf = async (tx: Tx, keys: Keys, partnership: string, subject: string): Promise<Note[]> => {
  const { rows } = await sql<Omit<Note, 'words'> & { words_sealed: Buffer; key_id: string }>`
    select id, card, words_sealed, key_id, agency_id, entered_by, entered_at from story_note
    where partnership_id = ${partnership} and subject_id = ${subject} order by entered_at, id`.execute(tx)
  return openWords(tx, keys, partnership, { table: 'story_note', columns: ['words'], rows })
}

/** Who may read each card, as the person chose. */
export const readersOf = async (tx: Tx, partnership: string, subject: string): Promise<Map<CardName, Readers>> => {
  const { rows } = await sql<{ card: CardName; readers: ReaderKind; agencies: string[] }>`
    select c.card, c.readers, array(select a.reader_id from reading_agency a
      where a.partnership_id = c.partnership_id and a.choice_id = c.id) as agencies
    from reading_choice c where c.partnership_id = ${partnership} and c.subject_id = ${subject}
      and c.card is not null and c.replaced_at is null`.execute(tx)
  return new Map(rows.map(({ card, ...readers }) => [card, readers]))
}

/** How many cards there are, whoever reads them: that some are kept for others is said, which is not. */
export const cardCount = (tx: Tx, partnership: string, subject: string): Promise<number> =>
  asProduct(tx, async () => {
    const { rows } = await sql<{ count: number }>`select count(*)::int as count from story_card
      where partnership_id = ${partnership} and subject_id = ${subject} and replaced_at is null`.execute(tx)
    return rows[0]!.count
  })

/** Whether a card stands, whoever reads it: nobody writes over one that they do not read. */
export const hasCard = (tx: Tx, partnership: string, subject: string, card: CardName): Promise<boolean> =>
  asProduct(tx, async () => {
    const { rows } = await sql`select from story_card where partnership_id = ${partnership} and subject_id = ${subject}
      and card = ${card} and replaced_at is null`.execute(tx)
    return rows.length > 0
  })

/** How many questions forms did not have to ask this person again. */
export const questionsSpared = async (tx: Tx, partnership: string, subject: string): Promise<number> => {
  const { rows } = await sql<{ count: number }>`select coalesce(sum(questions), 0)::int as count
    from spared_question where partnership_id = ${partnership} and subject_id = ${subject}`.execute(tx)
  return rows[0]!.count
}
