/** Asks the service worker to keep the short form, and what it looks like, for when there is no signal. */
export const keepForOffline = (): void => {
  if (!('serviceWorker' in navigator)) return
  const lang = document.documentElement.lang
  const page = `${lang === 'en' ? '' : `/${lang}`}/report/offline`
  navigator.serviceWorker
    .register('/service-worker.js', { scope: '/' })
    .then(() => navigator.serviceWorker.ready)
    .then(({ active }) => active?.postMessage({ keep: page }))
    .catch(() => {})
}
