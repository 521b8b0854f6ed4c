import { workers as who } from '../../subjects/index.ts'
import type { Route } from '../../web/index.ts'
import { answerDuePage, sendAnswerDue, sendAsk, sendCallOff } from './pages/answer.tsx'
import { bringPage, sendBring } from './pages/bring.tsx'
import { decidePage, sendDecide } from './pages/decide.tsx'
import { sendDeclaration } from './pages/declare.tsx'
import { meetingsPage } from './pages/list.tsx'
import { minutesPage, sendHere, sendMinutes } from './pages/minutes.tsx'
import { newSittingPage, sendNewSitting } from './pages/new.tsx'
import { oneTextPage, sendOneText } from './pages/one-text.tsx'
import { meetingCalendar, packPage, packPdf, packWord, sittingCalendar } from './pages/papers.tsx'
import { partPage, sendPart } from './pages/part.tsx'
import { sittingPage } from './pages/sitting.tsx'

const one = '/meetings/:panel'
const about = '/people/:id/meetings/:meeting'
const looks = 'meeting minutes read'

export const panelRoutes: readonly Route[] = [
  { method: 'get', path: '/meetings', who, page: meetingsPage },
  { method: 'get', path: '/meetings/new', who, page: newSittingPage },
  { method: 'post', path: '/meetings/new', who, page: sendNewSitting },
  { method: 'get', path: one, who, page: sittingPage, looks: 'panel opened' },
  { method: 'post', path: `${one}/declare`, who, page: sendDeclaration },
  { method: 'post', path: `${one}/ask`, who, page: sendAsk },
  { method: 'post', path: `${one}/call-off`, who, page: sendCallOff },
  { method: 'get', path: `${one}/calendar.ics`, who, page: sittingCalendar },
  { method: 'get', path: `${one}/pack`, who, page: packPage, looks: 'panel pack made' },
  { method: 'get', path: `${one}/pack.pdf`, who, page: packPdf, looks: 'panel pack made' },
  { method: 'get', path: `${one}/pack.docx`, who, page: packWord, looks: 'panel pack made' },
  { method: 'get', path: `${one}/due/:id`, who, page: answerDuePage, looks: 'panel item opened' },
  { method: 'post', path: `${one}/due/:id`, who, page: sendAnswerDue },
  { method: 'get', path: '/people/:id/panels', who, page: bringPage, looks: 'panel item opened' },
  { method: 'post', path: '/people/:id/panels', who, page: sendBring },
  { method: 'get', path: `${about}/minutes`, who, page: minutesPage, looks },
  { method: 'post', path: `${about}/minutes`, who, page: sendMinutes },
  { method: 'get', path: `${about}/minutes/:answer`, who, page: oneTextPage, looks },
  { method: 'post', path: `${about}/minutes/:answer`, who, page: sendOneText },
  { method: 'post', path: `${about}/here`, who, page: sendHere },
  { method: 'get', path: `${about}/calendar.ics`, who, page: meetingCalendar, looks: 'meeting opened' },
  { method: 'get', path: `${about}/decide`, who, page: decidePage, looks: 'meeting form opened' },
  { method: 'post', path: `${about}/decide`, who, page: sendDecide },
  { method: 'get', path: `${about}/part`, who, page: partPage, looks: 'meeting form opened' },
  { method: 'post', path: `${about}/part`, who, page: sendPart },
]
