export type Attributes = Record<string, string | number | boolean | undefined>

/** An item of a list that may be left out in place: `mayEdit && { href, text }`. */
export type Optional<Item> = Item | false | null | undefined | ''
