import { h, type ComponentChildren } from 'preact'

export type HeadingLevel = 1 | 2 | 3 | 4 | 5 | 6

type HeadingProps = { level: HeadingLevel; class?: string; id?: string; children?: ComponentChildren }

/** A heading whose level the page decides. */
export const Heading = ({ level, children, ...attributes }: HeadingProps) => h(`h${level}`, attributes, children)
