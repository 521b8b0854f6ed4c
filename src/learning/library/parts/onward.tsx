import type { Site } from '../site.ts'

/** Where one may go from the front of the library. */
export const Onward = ({ site, mayAdd = false }: { site: Site; mayAdd?: boolean }) => {
  const w = site.w.library
  const links = [
    { text: w.like.link, to: '/library/like-ours', asks: true },
    { text: w.about.feed, to: '/library/feed.xml' },
    { text: w.about.data, to: '/library/data' },
    ...(mayAdd ? [{ text: w.new.link, to: '/library/new', asks: true }] : []),
  ]
  return (
    <>
      <h2 class="govuk-heading-m">{w.about.head}</h2>
      <ul class="trellis-onward">
        {links
          .filter(({ asks }) => !(asks && site.still))
          .map(({ text, to }) => (
            <li>
              <a class="govuk-link" href={site.href(to)}>
                {text}
              </a>
            </li>
          ))}
      </ul>
    </>
  )
}

/** What a feed reader looks for in the head of a page. */
export const feedHead = (site: Site) => (
  <link
    rel="alternate"
    type="application/atom+xml"
    title={site.w.library.title}
    href={site.href('/library/feed.xml')}
  />
)
