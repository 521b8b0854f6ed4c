import type { FamilyTie, Gender } from './relationship.ts'

/** One of the family, or the person themself. `through` is the id of the one by whom they are family. */
export type Kin = {
  id: string
  tie: FamilyTie | 'self'
  through: string | null
  gender: Gender
  born: number | null
  livesWith: boolean
}
export type Generation = 0 | 1 | 2 | 3
export type Standing = { id: string; x: number; y: number; generation: Generation }

/** Between two who stand beside each other; the half of a symbol; from its middle to the end of its words. */
export const kinSlot = 116
export const kinHalf = 22
export const kinWords = 62

export const generationOf: Record<Kin['tie'], Generation> = {
  grandparent: 0,
  parent: 1,
  'partner of parent': 1,
  'aunt or uncle': 1,
  self: 2,
  sibling: 2,
  'half-sibling': 2,
  partner: 2,
  'former partner': 2,
  child: 3,
}

export type Rows = Record<Generation, string[]> & {
  parents: string[]
  own: string[]
  partners: string[]
  /** By a parent: their own parents, and the children of those, themself among them. */
  sibships: Map<string, { elders: string[]; children: string[] }>
}
