/**
 * What a page is about, for search engines. A script of this type is data and is never run; a `<` in it is written so that
 * nothing in a title can end it.
 */
export const Described = ({ what }: { what: object }) => (
  <script
    type="application/ld+json"
    dangerouslySetInnerHTML={{ __html: JSON.stringify(what).replaceAll('<', '\\u003c') }}
  />
)
