import { workers } from '../../subjects/index.ts'
import type { Route } from '../../web/index.ts'
import { checkPage, packPdf } from './pages/check.tsx'
import { consentPage, sendConsent } from './pages/consent.tsx'
import { newPackPage, sendNewPack } from './pages/new.tsx'
import { outcomePage, sendOutcome } from './pages/outcome.tsx'
import { packPage } from './pages/pack.tsx'
import { packsPage } from './pages/packs.tsx'
import { partPage, sendPart } from './pages/part.tsx'
import { sendSpecialist, specialistPage } from './pages/specialist.tsx'

const who = workers
const looks = 'referral read'
const base = '/people/:id/packs'
const one = `${base}/:pack`

export const packRoutes: readonly Route[] = [
  { method: 'get', path: base, who, page: packsPage, looks },
  { method: 'get', path: `${base}/nrm`, who, page: newPackPage, looks },
  { method: 'post', path: `${base}/nrm`, who, page: sendNewPack },
  { method: 'get', path: `${base}/specialist`, who, page: specialistPage, looks },
  { method: 'post', path: `${base}/specialist`, who, page: sendSpecialist },
  { method: 'get', path: one, who, page: packPage, looks },
  { method: 'get', path: `${one}/parts/:part`, who, page: partPage, looks },
  { method: 'post', path: `${one}/parts/:part`, who, page: sendPart },
  { method: 'get', path: `${one}/consent`, who, page: consentPage, looks },
  { method: 'post', path: `${one}/consent`, who, page: sendConsent },
  { method: 'get', path: `${one}/outcome`, who, page: outcomePage, looks },
  { method: 'post', path: `${one}/outcome`, who, page: sendOutcome },
  { method: 'get', path: `${one}/check`, who, page: checkPage, looks },
  { method: 'get', path: `${one}/pack.pdf`, who, page: packPdf, looks: 'referral printed' },
]
