import type { Viewer } from './viewer.ts'

/**
 * As what kind of viewer each open transaction was last told to run, so that nobody has to ask it. Where this were wrong
 * the database would still decide: it hears of a viewer only from settings of its own.
 */
export const toldAs = new WeakMap<object, Viewer['kind']>()
