import type { ComponentChildren } from 'preact'
import type { Attributes } from './attributes.ts'
import { classNames } from './class-names.ts'
import { safeHref } from './safe-href.ts'
import { hasWords } from './words.ts'

type FooterLink = { text: ComponentChildren; href: string; attributes?: Attributes }

type FooterSection = { title: ComponentChildren; items?: FooterLink[]; columns?: number; width?: string }

type FooterProps = {
  navigation?: FooterSection[]
  meta?: { title?: ComponentChildren; items?: FooterLink[]; text?: ComponentChildren }
  /** The crown, its licence and its copyright belong to GOV.UK: nothing is shown here unless it is given. */
  logo?: ComponentChildren
  licence?: ComponentChildren
  copyright?: ComponentChildren
  containerClasses?: string
  classes?: string
  attributes?: Attributes
}

export const Footer = ({ navigation = [], meta, logo, licence, copyright, ...rest }: FooterProps) => (
  <div class={classNames('govuk-footer', rest.classes)} {...rest.attributes}>
    <div class={classNames('govuk-width-container', rest.containerClasses)}>
      {logo}
      {navigation.length > 0 && (
        <>
          <div class="govuk-footer__navigation">
            {navigation.map((section) => (
              <Section {...section} />
            ))}
          </div>
          <hr class="govuk-footer__section-break" />
        </>
      )}
      <div class="govuk-footer__meta">
        <div class="govuk-footer__meta-item govuk-footer__meta-item--grow">
          {meta && <Meta {...meta} />}
          {licence}
        </div>
        {hasWords(copyright) && <div class="govuk-footer__meta-item">{copyright}</div>}
      </div>
    </div>
  </div>
)

const Section = ({ title, items = [], columns, width = 'full' }: FooterSection) => (
  <div class={`govuk-footer__section govuk-grid-column-${width}`}>
    <h2 class="govuk-footer__heading govuk-heading-m">{title}</h2>
    {items.length > 0 && (
      <ul class={classNames('govuk-footer__list', columns !== undefined && `govuk-footer__list--columns-${columns}`)}>
        {items.map((item) => (
          <li class="govuk-footer__list-item">
            <FooterAnchor {...item} />
          </li>
        ))}
      </ul>
    )}
  </div>
)

const Meta = ({ title = 'Support links', items = [], text }: NonNullable<FooterProps['meta']>) => (
  <>
    <h2 class="govuk-visually-hidden">{title}</h2>
    {items.length > 0 && (
      <ul class="govuk-footer__inline-list">
        {items.map((item) => (
          <li class="govuk-footer__inline-list-item">
            <FooterAnchor {...item} />
          </li>
        ))}
      </ul>
    )}
    {hasWords(text) && <div class="govuk-footer__meta-custom">{text}</div>}
  </>
)

const FooterAnchor = ({ text, href, attributes }: FooterLink) => (
  <a class="govuk-footer__link" href={safeHref(href)} {...attributes}>
    {text}
  </a>
)
