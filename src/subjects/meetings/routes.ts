import type { Route } from '../../web/index.ts'
import { workers } from '../approach.ts'
import { declarePage, sendDeclare } from '../pages/meetings/declare.tsx'
import { endPage, sendEnd } from '../pages/meetings/end.tsx'
import { invitePage, sendInvite } from '../pages/meetings/invite.tsx'
import { meetings } from '../pages/meetings/list.tsx'
import { newMeetingPage, sendNewMeeting } from '../pages/meetings/new.tsx'
import { meetingPage } from '../pages/meetings/one.tsx'

const who = workers
const one = '/people/:id/meetings/:meeting'
const looks = 'meeting form opened'

export const meetingRoutes: readonly Route[] = [
  { method: 'get', path: '/people/:id/meetings', who, page: meetings, looks: 'meetings read' },
  { method: 'get', path: '/people/:id/meetings/new', who, page: newMeetingPage, looks },
  { method: 'post', path: '/people/:id/meetings/new', who, page: sendNewMeeting },
  { method: 'get', path: one, who, page: meetingPage, looks: 'meeting opened' },
  { method: 'get', path: `${one}/add`, who, page: invitePage, looks },
  { method: 'post', path: `${one}/add`, who, page: sendInvite },
  { method: 'get', path: `${one}/declare/:attendee`, who, page: declarePage, looks },
  { method: 'post', path: `${one}/declare/:attendee`, who, page: sendDeclare },
  { method: 'get', path: `${one}/end`, who, page: endPage, looks },
  { method: 'post', path: `${one}/end`, who, page: sendEnd },
]
