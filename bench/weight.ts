// What a first visit weighs and how long it takes on a slow line, in a real browser.
//   npm run bench -- weight [URL of a running Trellis in demo mode]
import fs from 'node:fs'
import { chromium } from 'playwright-core'

const base = process.argv[2] ?? 'http://127.0.0.1:3000'
const path = [process.env['CHROMIUM_PATH'], '/usr/bin/chromium'].find((p) => p && fs.existsSync(p))
if (!path) throw new Error('No Chromium here: set CHROMIUM_PATH.')
const browser = await chromium.launch({
  executablePath: path,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'],
})

/** Opens pages one after another in one fresh browser and counts what went over the wire for each. */
const visit = async (pages: string[], slow: boolean): Promise<void> => {
  const context = await browser.newContext({ viewport: { width: 360, height: 640 } })
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  await session.send('Network.enable')
  // A 2G line: 280 kbit/s and 800 ms to and fro.
  if (slow)
    await session.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 800,
      downloadThroughput: 280_000 / 8,
      uploadThroughput: 280_000 / 8,
    })
  let requests: string[] = []
  let bytes = 0
  session.on('Network.requestWillBeSent', ({ request }) => requests.push(request.url))
  session.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength))
  for (const address of pages) {
    requests = []
    bytes = 0
    const began = performance.now()
    await page.goto(base + address, { waitUntil: 'domcontentloaded' })
    const usable = performance.now() - began
    await page.waitForLoadState('load')
    await page.waitForTimeout(slow ? 2500 : 400)
    const others = requests.filter((url) => !url.startsWith(base) && !url.startsWith('data:'))
    console.log(
      `${slow ? 'slow line ' : ''}${address.padEnd(24)} ${(bytes / 1024).toFixed(1).padStart(6)} KB in ${requests.length} requests` +
        `${slow ? `, usable after ${(usable / 1000).toFixed(1)} s` : ''}; third parties ${others.length}`,
    )
  }
  await context.close()
}

const pages = ['/', '/signs', '/signs/hotels', '/report?setting=HO', '/offer', '/for-you', '/receipt']
for (const first of ['/', '/signs/hotels', '/report?setting=HO']) await visit([first], false)
console.log('later pages, one browser:')
await visit(pages, false)
for (const first of ['/', '/signs/hotels', '/report?setting=HO']) await visit([first], true)
await browser.close()
