import type { Route } from '../../web/index.ts'
import { answerPage, sendOutcome } from './pages/answer.tsx'
import { answersPage } from './pages/answers.tsx'
import { gapPage } from './pages/gap.tsx'
import { newAnswerPage, sendNewAnswer } from './pages/new-answer.tsx'
import { questionsPage, sendQuestions } from './pages/questions.tsx'
import { closePage, sendClose, sendRound } from './pages/round.tsx'
import { sayPage, sendSay } from './pages/say.tsx'
import { themePage } from './pages/theme.tsx'
import { themesPage } from './pages/themes.tsx'

const all = 'signed in'
const chair = ['chair'] as const

export const frontLineRoutes: readonly Route[] = [
  { method: 'get', path: '/front-line', who: ['chair', 'learning'], page: themesPage },
  { method: 'get', path: '/front-line/say', who: all, page: sayPage },
  { method: 'post', path: '/front-line/say', who: all, page: sendSay },
  { method: 'get', path: '/front-line/questions', who: all, page: questionsPage },
  { method: 'post', path: '/front-line/questions', who: all, page: sendQuestions },
  { method: 'get', path: '/front-line/gap', who: all, page: gapPage },
  { method: 'post', path: '/front-line/rounds', who: chair, page: sendRound },
  { method: 'get', path: '/front-line/rounds/:round/close', who: chair, page: closePage },
  { method: 'post', path: '/front-line/rounds/:round/close', who: chair, page: sendClose },
  { method: 'get', path: '/front-line/rounds/:round/:theme', who: chair, page: themePage, looks: 'front line read' },
  { method: 'get', path: '/front-line/answers', who: all, page: answersPage },
  { method: 'get', path: '/front-line/answers/new', who: chair, page: newAnswerPage },
  { method: 'post', path: '/front-line/answers/new', who: chair, page: sendNewAnswer },
  { method: 'get', path: '/front-line/answers/:answer', who: all, page: answerPage },
  { method: 'post', path: '/front-line/answers/:answer', who: chair, page: sendOutcome },
]
