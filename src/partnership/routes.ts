import type { Role } from '../platform/index.ts'
import type { Route } from '../web/index.ts'
import { areasPage } from './pages/areas.tsx'
import { editAreaPage, newAreaPage, sendEditArea, sendNewArea } from './pages/areas/edit.tsx'
import { endAreaPage, sendEndArea } from './pages/areas/end.tsx'
import { boardsPage } from './pages/boards.tsx'
import { editBoardPage, newBoardPage, sendEditBoard, sendNewBoard } from './pages/boards/edit.tsx'
import { newMemberPage, sendNewMember } from './pages/boards/members.tsx'
import { boardPage, sendEndMember } from './pages/boards/show.tsx'
import { mapPicture } from './pages/map.tsx'
import { partnersPage } from './pages/partners.tsx'
import { editPartnerPage, newPartnerPage, sendEditPartner, sendNewPartner } from './pages/partners/edit.tsx'
import { endPartnerPage, sendEndPartner } from './pages/partners/end.tsx'
import { identifiersPage, sendIdentifier, sendRemoveIdentifier } from './pages/partners/identifiers.tsx'
import { partnerPage } from './pages/partners/show.tsx'
import { clockPage, sendClock } from './pages/settings/clock.tsx'
import { clocksPage } from './pages/settings/clocks.tsx'
import {
  contactPage,
  newContactPage,
  sendContact,
  sendNewContact,
  sendRemoveContact,
} from './pages/settings/contact.tsx'
import { contactsPage } from './pages/settings/contacts.tsx'
import { holidaysPage, sendHoliday, sendHours, sendRemoveHoliday } from './pages/settings/holidays.tsx'

const signedIn = 'signed in' as const
const administrator: readonly Role[] = ['administrator']

export const routes: readonly Route[] = [
  { method: 'get', path: '/partners', who: signedIn, page: partnersPage },
  { method: 'get', path: '/partners/new', who: administrator, page: newPartnerPage },
  { method: 'post', path: '/partners/new', who: administrator, page: sendNewPartner },
  { method: 'get', path: '/partners/:agency', who: signedIn, page: partnerPage },
  { method: 'get', path: '/partners/:agency/edit', who: administrator, page: editPartnerPage },
  { method: 'post', path: '/partners/:agency/edit', who: administrator, page: sendEditPartner },
  { method: 'get', path: '/partners/:agency/end', who: administrator, page: endPartnerPage },
  { method: 'post', path: '/partners/:agency/end', who: administrator, page: sendEndPartner },
  { method: 'get', path: '/partners/:agency/identifiers', who: administrator, page: identifiersPage },
  { method: 'post', path: '/partners/:agency/identifiers', who: administrator, page: sendIdentifier },
  { method: 'post', path: '/partners/:agency/identifiers/remove', who: administrator, page: sendRemoveIdentifier },

  { method: 'get', path: '/areas', who: signedIn, page: areasPage },
  { method: 'get', path: '/areas/new', who: administrator, page: newAreaPage },
  { method: 'post', path: '/areas/new', who: administrator, page: sendNewArea },
  { method: 'get', path: '/areas/:area/edit', who: administrator, page: editAreaPage },
  { method: 'post', path: '/areas/:area/edit', who: administrator, page: sendEditArea },
  { method: 'get', path: '/areas/:area/end', who: administrator, page: endAreaPage },
  { method: 'post', path: '/areas/:area/end', who: administrator, page: sendEndArea },

  { method: 'get', path: '/map.svg', who: 'anyone', page: mapPicture },

  { method: 'get', path: '/boards', who: signedIn, page: boardsPage },
  { method: 'get', path: '/boards/new', who: administrator, page: newBoardPage },
  { method: 'post', path: '/boards/new', who: administrator, page: sendNewBoard },
  { method: 'get', path: '/boards/:board', who: signedIn, page: boardPage },
  { method: 'get', path: '/boards/:board/edit', who: administrator, page: editBoardPage },
  { method: 'post', path: '/boards/:board/edit', who: administrator, page: sendEditBoard },
  { method: 'get', path: '/boards/:board/members', who: administrator, page: newMemberPage },
  { method: 'post', path: '/boards/:board/members', who: administrator, page: sendNewMember },
  { method: 'post', path: '/boards/:board/members/:membership/end', who: administrator, page: sendEndMember },

  { method: 'get', path: '/settings/contacts', who: signedIn, page: contactsPage },
  { method: 'get', path: '/settings/contacts/new', who: administrator, page: newContactPage },
  { method: 'post', path: '/settings/contacts/new', who: administrator, page: sendNewContact },
  { method: 'get', path: '/settings/contacts/:contact', who: administrator, page: contactPage },
  { method: 'post', path: '/settings/contacts/:contact', who: administrator, page: sendContact },
  { method: 'post', path: '/settings/contacts/:contact/remove', who: administrator, page: sendRemoveContact },
  { method: 'get', path: '/settings/clocks', who: signedIn, page: clocksPage },
  { method: 'get', path: '/settings/clocks/:code', who: administrator, page: clockPage },
  { method: 'post', path: '/settings/clocks/:code', who: administrator, page: sendClock },
  { method: 'get', path: '/settings/holidays', who: signedIn, page: holidaysPage },
  { method: 'post', path: '/settings/holidays', who: administrator, page: sendHoliday },
  { method: 'post', path: '/settings/holidays/:date/remove', who: administrator, page: sendRemoveHoliday },
  { method: 'post', path: '/settings/hours', who: administrator, page: sendHours },
]
