// Takes every main page at 320 and 1280 px wide into docs/screens/, from a demo server of its own.
//   npm run screens [part of a name]
import { fork } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { chromium } from 'playwright-core'
import sharp from 'sharp'

const root = path.resolve(import.meta.dirname, '..')
const only = process.argv[2]
const executablePath = [process.env.CHROMIUM_PATH, '/usr/bin/chromium'].find((p) => p && fs.existsSync(p))
if (!executablePath) throw new Error('No Chromium here: set CHROMIUM_PATH.')
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'trellis-screens-'))
const out = path.join(root, 'docs/screens')
fs.mkdirSync(out, { recursive: true })

const server = fork(path.join(root, 'dist/trellis.js'), ['serve', '--demo'], {
  env: { ...process.env, DATA_DIR: folder, PORT: '0', LOG_LEVEL: 'error' },
  stdio: 'inherit',
})
const base = await new Promise((resolve, reject) => {
  server.on('message', (said) => said.ready && resolve(said.ready.replace(/\/$/, '')))
  server.on('exit', (code) => reject(new Error(`the server stopped with ${code}`)))
})
const browser = await chromium.launch({
  executablePath,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
})

const widths = [320, 1280]
const open = async (width) => {
  const context = await browser.newContext({ viewport: { width, height: width === 320 ? 640 : 900 } })
  return context.newPage()
}
/** The beginning of a page that goes on alike for ever says enough: `most` pixels of it. */
const shoot = async (page, name, width, most = Infinity) => {
  if (only && !name.includes(only)) return
  const picture = await page.screenshot({ fullPage: true, animations: 'disabled' })
  const { width: across, height } = await sharp(picture).metadata()
  // Few colours say as much of a page, in a fifth of the bytes.
  await sharp(picture)
    .extract({ left: 0, top: 0, width: across, height: Math.min(height, most) })
    .png({ palette: true, colours: 48, effort: 7 })
    .toFile(path.join(out, `${name}-${width}.png`))
}
const signIn = async (page, name) => {
  await page.goto(`${base}/demo-sign-in`)
  await page
    .getByRole('button', { name: new RegExp(name) })
    .first()
    .click()
  await page.waitForURL(({ pathname }) => pathname === '/work')
}

try {
  for (const width of widths) {
    const visitor = await open(width)
    for (const [name, address] of [
      ['home', '/'],
      ['signs', '/signs'],
      ['signs-hotels', '/signs/hotels'],
      ['signs-search', '/signs/search?q=takaway'],
      ['types', '/types'],
      ['definition', '/definition'],
      ['offer', '/offer'],
      ['for-you', '/for-you'],
      ['for-you-young', '/for-you/young-person'],
      ['privacy', '/privacy'],
      ['receipt', '/receipt'],
      ['report', '/report?setting=HO'],
      ['sign-in', '/sign-in'],
      ['demo-sign-in', '/demo-sign-in'],
      ['not-found', '/nothing-here'],
      ['report-urdu', '/ur/report?setting=HO'],
    ]) {
      await visitor.goto(base + address)
      await shoot(visitor, name, width)
    }
    if (!only || only.startsWith('report')) await report(visitor, width)
    await visitor.context().close()

    const dena = await open(width)
    await signIn(dena, 'Dena Okoro')
    for (const [name, address] of [
      ['work', '/work'],
      ['queue', '/queue'],
      ['sent', '/sent'],
      ['partners', '/partners'],
      ['account', '/account'],
    ]) {
      await dena.goto(base + address)
      await shoot(dena, name, width)
    }
    await dena.goto(`${base}/queue`)
    const concern = await dena.locator('a[href^="/concerns/"]').first().getAttribute('href')
    await dena.goto(base + concern)
    await shoot(dena, 'concern', width)
    await dena.goto(`${base}${concern}/decide`)
    await shoot(dena, 'decide', width)
    await dena.context().close()

    const priya = await open(width)
    await signIn(priya, 'Wes Larkin')
    await priya.goto(`${base}/checks`)
    await shoot(priya, 'checks', width)
    await priya.context().close()

    const ada = await open(width)
    await signIn(ada, 'Ada Quill')
    for (const [name, address] of [
      ['accounts', '/accounts'],
      ['guidance', '/guidance'],
      ['systems', '/systems'],
      ['clocks', '/settings/clocks'],
    ]) {
      await ada.goto(base + address)
      await shoot(ada, name, width)
    }
    await ada.goto(`${base}/agreements`)
    await shoot(ada, 'agreements', width, 2000)
    await ada.locator('a[href^="/agreements/versions/"]').first().click()
    await shoot(ada, 'agreement', width, 2000)
    await ada.context().close()

    const lena = await open(width)
    await signIn(lena, 'Lena Sorrel')
    await people(lena, width)
    await lena.context().close()

    const tomas = await open(width)
    await signIn(tomas, 'Tomas Ruddock')
    await answering(tomas, width)
    await tomas.context().close()
  }
} finally {
  await browser.close()
  server.removeAllListeners('exit')
  server.kill()
  fs.rmSync(folder, { recursive: true, force: true })
}
console.log(`Screens are in ${path.relative(root, out)}`)

/** A person as their lead worker sees them: why, what happened, who is involved and who has looked. */
async function people(page, width) {
  await page.goto(`${base}/people`)
  const person = await page.locator('.trellis-rows a[href^="/people/"]').first().getAttribute('href')
  await page.goto(`${base}${person}/purpose`)
  await shoot(page, 'people-purpose', width)
  await page.getByLabel('Keeping a child safe from exploitation').check()
  await page.getByLabel('Which lawful basis').selectOption('public-task')
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.locator('.moj-timeline').waitFor()
  await shoot(page, 'people-person', width)
  const [names] = await page
    .locator('a[href$="/names"]')
    .evaluateAll((links) => links.map((a) => a.getAttribute('href')))
  for (const [name, address] of [
    ['people', '/people'],
    ['people-add', `${person}/add`],
    ['people-circle', `${person}/involved/add`],
    ['people-lead', `${person}/involved/lead`],
    ['people-looked', `${person}/looked?kind=person+opened`],
    ...(names ? [['people-sealed-names', names]] : []),
    ['people-share', `${person}/share`],
    ['people-shared', `${person}/shared`],
    ['people-meetings', `${person}/meetings`],
    ['people-meeting-new', `${person}/meetings/new`],
    ['people-find', '/people/find'],
  ]) {
    await page.goto(base + address)
    const agency = page.locator('main select[name=agency]')
    if ((name === 'people-circle' || name === 'people-lead') && (await agency.count())) {
      await agency.selectOption({ label: 'Rugby Borough Council' })
      await page.getByRole('button', { name: 'Continue' }).click()
      await page.waitForLoadState()
    }
    await shoot(page, name, width)
  }
  await page.goto(`${base}${person}/meetings`)
  await page.locator(`main a[href*="/meetings/"]:not([href$="/new"])`).first().click()
  await page.waitForLoadState()
  await shoot(page, 'people-meeting', width)
  await page.goto(`${base}${person}/involved`)
  await page.getByLabel('Why do you need to know?').fill('To agree a safe visit')
  await page.getByRole('button', { name: 'Show who is involved' }).click()
  await page.waitForLoadState()
  await shoot(page, 'people-involved', width)
}

/** What a manager answers: alerts, broken glass, decisions not to share, and requests to see a record. */
async function answering(page, width) {
  for (const [name, address] of [
    ['answer-alerts', '/alerts'],
    ['answer-reviews', '/people/reviews'],
    ['answer-not-shared', '/people/not-shared'],
    ['answer-retention', '/retention'],
    ['answer-access', '/access'],
  ]) {
    await page.goto(base + address)
    await shoot(page, name, width)
  }
  for (const [name, link] of [
    ['answer-access-request', 'main a[href*="/access/"]'],
    ['answer-access-item', 'main a[href*="/items/"]'],
  ]) {
    await page.locator(link).first().click()
    await page.waitForLoadState()
    await shoot(page, name, width)
  }
}

/** Walks the whole journey, a picture at each question. */
async function report(page, width) {
  await page.goto(`${base}/report/danger?setting=HO`)
  for (let step = 1; step <= 20; step++) {
    const where = new URL(page.url()).pathname.replace(/^\/report\/?/, '').replaceAll('/', '-') || 'start'
    await shoot(page, `report-${String(step).padStart(2, '0')}-${where}`, width)
    if (where === 'sent') return
    const worry = page.locator('textarea[name=worry]')
    if (await worry.count())
      await worry.fill('A man books room 14 day by day in cash. Different girls each week. Grey car KV99 TRX.')
    const radio = page.locator('main input[type=radio]:visible')
    if ((await radio.count()) && !(await page.locator('main input[type=radio]:checked').count()))
      await radio.last().check()
    const before = page.url()
    await page
      .locator('main form button.govuk-button:not(.govuk-button--secondary):not(.govuk-button--warning)')
      .first()
      .click()
    await page.waitForLoadState()
    if (page.url() === before && (await page.locator('.govuk-error-summary').count())) {
      await shoot(page, `report-${String(step).padStart(2, '0')}-${where}-error`, width)
      await page
        .locator('main input[type=radio]')
        .first()
        .check()
        .catch(() => {})
      await page.locator('main form button.govuk-button:not(.govuk-button--secondary)').first().click()
      await page.waitForLoadState()
    }
  }
}
