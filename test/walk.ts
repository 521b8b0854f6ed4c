import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core'

/** What somebody said once, and the questions by which a form would ask it again. */
type Fact = { words: string; asks: RegExp }

/**
 * People who walk through a demo by its pages alone, each in a browser of their own, with one ledger for all of them: what
 * was typed, what a form held already, and what a form asked for that Trellis holds.
 */
export const startWalk = (chromium: Browser, base: string, options: BrowserContextOptions = {}) => {
  const typed = new Map<string, string>()
  const facts: Fact[] = []
  const ledger = {
    twice: [] as string[],
    unnamed: [] as string[],
    pushed: [] as string[],
    spared: 0,
    forms: 0,
    pages: 0,
  }
  const contexts: BrowserContext[] = []
  /** Whose pages are watched, and what stands above each of them from now on. */
  let watched: { path: string; above: string } | undefined

  /** @param outside somebody who sends a worry, or reads what is public, and sees nothing of what is held */
  const person = async ({ outside = false, ...own }: { outside?: boolean } & BrowserContextOptions = {}) => {
    const context = await chromium.newContext({ viewport: { width: 1280, height: 900 }, ...options, ...own })
    contexts.push(context)
    const page = await context.newPage()
    page.setDefaultTimeout(20_000)
    return walker(page, outside)
  }

  const walker = (page: Page, outside: boolean) => {
    const main = page.locator('main')
    const path = () => new URL(page.url()).pathname

    /** Looks at the page that has just opened, as the ledger wants it. */
    const arrived = async (): Promise<void> => {
      await page.waitForLoadState('domcontentloaded')
      ledger.pages++
      const { heading, above, empty, pushed } = await page.evaluate(lookAt)
      const where = `${path()} (${heading})`
      if (watched && path().startsWith(watched.path) && above !== null && !above.includes(watched.above))
        ledger.unnamed.push(where)
      if (pushed > 0) ledger.pushed.push(where)
      if (empty.length > 0) ledger.forms++
      if (!outside && !/\/story(\/|$)/.test(path()))
        for (const label of empty)
          for (const { words, asks } of facts)
            if (asks.test(label)) ledger.twice.push(`${where} asks “${label}”, and “${words}” is known`)
    }

    const into = async (box: Locator, words: string): Promise<void> => {
      if ((await box.inputValue()) === words) {
        ledger.spared++
        return
      }
      const before = typed.get(words)
      const here = `“${words}” on ${path()}`
      if (before && !outside) ledger.twice.push(`${here}, typed before on ${before}`)
      typed.set(words, path())
      await box.fill(words)
    }

    const moved = async (act: () => Promise<unknown>): Promise<void> => {
      await Promise.all([page.waitForEvent('domcontentloaded'), act()])
      await arrived()
    }

    const press = async (what: string | RegExp): Promise<void> => {
      const found = main
        .getByRole('link', named(what))
        .or(main.getByRole('button', named(what)))
        .first()
      try {
        await found.waitFor()
      } catch {
        throw new Error(`${path()} has no ${String(what)} to press: ${await main.innerText()}`)
      }
      await moved(() => found.click())
    }

    const actor = {
      page,
      path,
      text: (): Promise<string> => main.innerText(),
      /** All of the page, with what stands above it. */
      whole: (): Promise<string> => page.locator('body').innerText(),
      go: async (to: string): Promise<void> => {
        await page.goto(base + to)
        await arrived()
      },
      /** Follows a link, or presses a button, whichever bears these words. */
      press,
      type: (label: string | RegExp, words: string): Promise<void> =>
        into(main.getByLabel(label, exactly(label)).first(), words),
      /** Into the only box of a page for words. */
      typeFirst: (words: string): Promise<void> => into(main.locator('textarea').first(), words),
      /** Types into the box that a group of boxes calls so. */
      typeIn: (group: string, label: string, words: string): Promise<void> =>
        into(main.getByRole('group', { name: group }).getByLabel(label, { exact: true }), words),
      /** Says something else in a box than stands in it. */
      refill: (label: string, words: string): Promise<void> => main.getByLabel(label, { exact: true }).fill(words),
      date: async (legend: string | RegExp, day: string): Promise<void> => {
        const [year, month, date] = day.split('-').map(Number)
        const group = main.getByRole('group', named(legend)).first()
        for (const [label, part] of [
          ['Day', date],
          ['Month', month],
          ['Year', year],
        ] as const)
          await group.getByLabel(label, { exact: true }).fill(String(part))
      },
      choose: (label: string | RegExp): Promise<void> => main.getByLabel(label, exactly(label)).first().check(),
      chooseIn: (group: string | RegExp, label: string | RegExp): Promise<void> =>
        main.getByRole('group', named(group)).first().getByLabel(label, exactly(label)).first().check(),
      pick: async (label: string | RegExp, option: string | RegExp): Promise<void> => {
        const list = main.getByLabel(label, exactly(label)).first()
        await list.waitFor()
        const items = await list.locator('option').allTextContents()
        const found = items.find((one) => (typeof option === 'string' ? one.includes(option) : option.test(one)))
        if (!found) throw new Error(`${path()} offers no ${option}, only ${items.join(' | ')}`)
        await list.selectOption({ label: found })
      },
      /** The first of some radios, whatever it says. */
      chooseFirst: (field: string): Promise<void> => main.locator(`input[name="${field}"]`).first().check(),
      /** Opens the row of a list that says this. */
      openThat: (words: string): Promise<void> =>
        moved(() =>
          main.locator('li, article, tr').filter({ hasText: words }).last().getByRole('link').first().click(),
        ),
      /** Of several alike, that in which these words stand. */
      pressIn: (part: string, words: string, link: RegExp): Promise<void> =>
        moved(() => main.locator(part).filter({ hasText: words }).first().getByRole('link', { name: link }).click()),
      unfold: async (summary: string | RegExp): Promise<void> => {
        const fold = main.locator('details').filter({ has: page.locator('summary', { hasText: summary }) })
        if ((await fold.getAttribute('open')) === null) await fold.locator('summary').click()
      },
      /** Signs in as somebody of the demo, with one click, and goes on. */
      as: async (name: string): Promise<void> => {
        await actor.go('/demo-sign-in')
        await actor.press(new RegExp(`as ${name}`))
      },
      outline: (): Promise<string[]> => main.evaluate(outlineOf),
    }
    return actor
  }

  return {
    base,
    ledger,
    typed,
    person,
    /** From now on no page may ask this again. */
    holds: (words: string, asks: RegExp): void => void facts.push({ words, asks }),
    watch: (at: string, above: string): void => void (watched = { path: at, above }),
    end: async (): Promise<void> => {
      for (const context of contexts) await context.close()
    },
  }
}
export type Walk = ReturnType<typeof startWalk>
export type Walker = Awaited<ReturnType<Walk['person']>>

const exactly = (label: string | RegExp) => ({ exact: typeof label === 'string' })
const named = (name: string | RegExp) => ({ name, exact: typeof name === 'string' })

/** In the page: its heading, what stands above it, and the labels of its empty boxes for words. */
const lookAt = () => {
  const boxes = [...document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('main input, main textarea')]
  const words = boxes.filter(
    (box) => ['text', 'tel', 'textarea'].includes(box.type) && box.value.trim() === '' && box.closest('form'),
  )
  return {
    heading: document.querySelector('h1')?.textContent?.trim() ?? '',
    above: document.querySelector('.trellis-identity')?.textContent ?? null,
    empty: words.map((box) => {
      const label = box.labels?.[0]?.textContent?.trim() ?? ''
      // The three boxes of a day are asked by their legend.
      const legend = box.closest('.govuk-date-input') && box.closest('fieldset')?.querySelector('legend')
      return legend ? (legend.textContent ?? '').trim() : label
    }),
    pushed: document.documentElement.scrollWidth - document.documentElement.clientWidth,
  }
}

/** In the page: what can be done on it, for whoever wants to know why a step failed. */
const outlineOf = (main: HTMLElement | SVGElement): string[] =>
  [...main.querySelectorAll('h1, h2, legend, label, button, a, .govuk-error-message, .govuk-notification-banner')].map(
    (one) => `${one.tagName.toLowerCase()} ${(one.textContent ?? '').replace(/\s+/g, ' ').trim().slice(0, 100)}`,
  )
