import { ages, harms, type Kind } from './guidance.ts'
import { destinations } from './parts/go-to.ts'

/** What an administrator may change about each kind, in the order of the form. All else stays as it was. */
export type Field = { label?: string } & (
  | { as: 'line' | 'text'; name: string; most: number; optional?: true }
  | { as: 'lines'; name: string; optional?: true }
  | { as: 'one' | 'some'; name: string; of: readonly string[] | 'types' | 'settings' | 'contacts'; optional?: true }
  | { as: 'tick'; name: string }
  | { as: 'day'; name: string }
  | { as: 'group'; name: string; fields: readonly Field[] }
)

const line = (name: string, most = 150): Field => ({ as: 'line', name, most })
const text = (name: string, most = 1500): Field => ({ as: 'text', name, most })
const lines = (name: string): Field => ({ as: 'lines', name })
const optional = (field: Field): Field => ({ ...field, optional: true }) as Field

const contact_kinds = ['phone', 'text', 'email', 'url']

export const sign_fields: readonly Field[] = [
  text('text', 300),
  { as: 'one', name: 'harm', of: harms },
  { as: 'some', name: 'ages', of: ages },
  { as: 'some', name: 'types', of: 'types', optional: true },
  line('source'),
]
/** A new sign also says where it belongs; later it never moves. */
export const new_sign_fields: readonly Field[] = [{ as: 'one', name: 'setting', of: 'settings' }, ...sign_fields]

export const fieldsOf: Record<Kind, readonly Field[]> = {
  sign: sign_fields,
  setting: [
    line('name'),
    line('who'),
    text('intro', 600),
    lines('do_lines'),
    lines('say_this'),
    lines('never'),
    {
      as: 'group',
      name: 'extra_contacts',
      fields: [
        line('label'),
        line('value', 300),
        { as: 'one', name: 'kind', of: contact_kinds },
        optional(line('note', 300)),
        { as: 'tick', name: 'checked' },
      ],
    },
  ],
  type: [line('name'), text('plain', 600), optional(line('say_instead'))],
  offer: [
    line('situation'),
    lines('do_now'),
    text('promise', 600),
    line('how_fast'),
    { as: 'some', name: 'who', label: 'contacts', of: 'contacts', optional: true },
  ],
  page: [
    line('title'),
    text('lead', 600),
    {
      as: 'group',
      name: 'sections',
      fields: [line('heading'), optional(lines('paragraphs')), optional(lines('items'))],
    },
    {
      as: 'group',
      name: 'actions',
      fields: [
        line('label'),
        optional({ ...line('text', 300), label: 'below' }),
        { as: 'one', name: 'goTo', of: destinations },
      ],
    },
    { as: 'one', name: 'status', of: ['default', 'draft', 'approved'] },
    optional(line('note', 300)),
  ],
  'for-you': [
    line('title'),
    lines('opening'),
    text('signs_intro', 600),
    lines('not_your_fault'),
    lines('what_can_happen'),
    {
      as: 'group',
      name: 'ways_to_talk',
      fields: [
        line('label'),
        line('how', 300),
        optional(line('number', 300)),
        { as: 'one', name: 'kind', of: contact_kinds, optional: true },
        { as: 'tick', name: 'free' },
        optional(line('when')),
        { as: 'tick', name: 'checked' },
        optional(line('contactKey')),
      ],
    },
    lines('if_in_danger_now'),
    lines('hide_tracks'),
    lines('easy_read'),
  ],
  definition: [
    text('plain', 2000),
    lines('easy_read'),
    lines('scope_in'),
    lines('scope_out'),
    line('approver'),
    { as: 'day', name: 'approved_on' },
    optional(text('approver_note', 600)),
    line('source'),
  ],
}

/** What a piece is called in a list. */
export const nameOf = (kind: Kind, words: object): string => {
  const name = {
    sign: 'text',
    setting: 'name',
    type: 'name',
    offer: 'situation',
    page: 'title',
    'for-you': 'title',
    definition: 'plain',
  }[kind]
  const whole = String((words as Record<string, unknown>)[name] ?? '')
  return whole.length > 90 ? `${whole.slice(0, 88)}…` : whole
}
