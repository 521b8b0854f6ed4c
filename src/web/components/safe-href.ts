/** Browsers ignore control characters and spaces in a scheme, so `java\nscript:` runs; preact lets all of them through. */
export const safeHref = (href: string | undefined) => (href !== undefined && runs.test(bare(href)) ? '#' : href)

const runs = /^(javascript|data|vbscript):/i

// Control characters are what is being removed.
const bare = (href: string) => href.replace(/[\u0000-\u0020\u007f-\u00a0\u00ad\u200b-\u200f\u2028-\u202e\ufeff]/g, '')
