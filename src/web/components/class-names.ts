/** Joins what is there; undefined when nothing is, so that no empty `class` is written. */
export const classNames = (...names: (string | false | null | undefined)[]) =>
  names.filter(Boolean).join(' ') || undefined
