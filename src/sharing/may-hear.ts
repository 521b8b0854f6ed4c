import { dataClasses, type AgeFrame, type DataClass } from './decide.ts'
import { answersFor } from './disclosure.ts'
import type { Register } from './register.ts'

/**
 * What the agreement lets an agency hear in a meeting about somebody, told by the agency that called it: whoever comes
 * is counted among the circle. What is kept closer than the class says is not spoken of here.
 */
export const mayHear = (
  register: Register,
  told: {
    supplier: string
    recipient: string
    purpose: string
    basis: string
    condition: string
    age: AgeFrame
    at: Date
  },
): { dataClass: DataClass; cite: string }[] =>
  answersFor(
    { ...told, classes: spoken },
    { supplier: told.supplier, age: told.age, handling: 0, closeness: 2, register },
  ).flatMap(({ dataClass, told: answer }) =>
    answer.effect === 'allow' ? [{ dataClass, cite: answer.clause.cite }] : [],
  )

/** From who somebody is to what is restricted: the classes that are spoken of in a meeting. */
const spoken = dataClasses.slice(3, 8) as [DataClass, ...DataClass[]]
