import type { ComponentChildren } from 'preact'
import type { Attributes, Optional } from './attributes.ts'
import { classNames } from './class-names.ts'
import { PaginationArrow } from './pagination-arrow.tsx'
import { safeHref } from './safe-href.ts'

type ArrowLink = {
  href: string
  text?: ComponentChildren
  /** What is on that page, shown only when there are no numbered items. */
  labelText?: string
  attributes?: Attributes
}

type PageItem =
  | { ellipsis: true }
  | {
      href: string
      number: string | number
      current?: boolean
      visuallyHiddenText?: string
      attributes?: Attributes
      ellipsis?: false
    }

type PaginationProps = {
  items?: Optional<PageItem>[]
  previous?: ArrowLink
  next?: ArrowLink
  previousText?: ComponentChildren
  nextText?: ComponentChildren
  pageText?: string
  landmarkLabel?: string
  classes?: string
  attributes?: Attributes
}

export const Pagination = ({
  items,
  previous,
  next,
  landmarkLabel = 'Pagination',
  classes,
  ...rest
}: PaginationProps) => {
  const { previousText = withPage('Previous'), nextText = withPage('Next'), pageText = 'Page', attributes } = rest
  const isBlock = !items && Boolean(previous || next)
  return (
    <nav
      class={classNames('govuk-pagination', isBlock && 'govuk-pagination--block', classes)}
      aria-label={landmarkLabel}
      {...attributes}
    >
      {previous?.href && <Arrow {...previous} rel="prev" isBlock={isBlock} text={previous.text || previousText} />}
      {items && (
        <ul class="govuk-pagination__list">{items.map((item) => item && <Page item={item} pageText={pageText} />)}</ul>
      )}
      {next?.href && <Arrow {...next} rel="next" isBlock={isBlock} text={next.text || nextText} />}
    </nav>
  )
}

const withPage = (direction: string) => (
  <>
    {direction}
    <span class="govuk-visually-hidden"> page</span>
  </>
)

type ArrowProps = ArrowLink & { rel: 'prev' | 'next'; isBlock: boolean }

const Arrow = ({ rel, href, text, labelText, attributes, isBlock }: ArrowProps) => {
  const arrow = <PaginationArrow direction={rel} />
  return (
    <div class={`govuk-pagination__${rel}`}>
      <a class="govuk-link govuk-pagination__link" href={safeHref(href)} rel={rel} {...attributes}>
        {(isBlock || rel === 'prev') && arrow}{' '}
        <span
          class={classNames(
            'govuk-pagination__link-title',
            isBlock && !labelText && 'govuk-pagination__link-title--decorated',
          )}
        >
          {text}
        </span>{' '}
        {labelText && isBlock && (
          <>
            <span class="govuk-visually-hidden">:</span> <span class="govuk-pagination__link-label">{labelText}</span>
          </>
        )}
        {!isBlock && rel === 'next' && arrow}
      </a>
    </div>
  )
}

const Page = ({ item, pageText }: { item: PageItem; pageText: string }) =>
  item.ellipsis ? (
    <li class="govuk-pagination__item govuk-pagination__item--ellipsis">⋯</li>
  ) : (
    <li class={classNames('govuk-pagination__item', item.current && 'govuk-pagination__item--current')}>
      <a
        class="govuk-link govuk-pagination__link"
        href={safeHref(item.href)}
        aria-label={item.visuallyHiddenText ?? `${pageText} ${item.number}`}
        aria-current={item.current ? 'page' : undefined}
        {...item.attributes}
      >
        {item.number}
      </a>
    </li>
  )
