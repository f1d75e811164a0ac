import { serve } from '#server/core/http.ts'
import type { Module } from '#server/core/module.ts'
import * as api from '#shared/survey.ts'
import { answerAsk, listAsks } from './answer.ts'
import { askLater, askNow } from './ask.ts'
import { addSurvey, changeSurvey, listSurveys } from './surveys.ts'
import { trySurvey } from './trial.ts'

const change = serve(api.changeSurvey, changeSurvey)

export const survey: Module = {
  served: [
    serve(api.listSurveys, listSurveys),
    serve(api.addSurvey, addSurvey),
    change,
    serve(api.trySurvey, trySurvey),
    serve(api.listAsks, listAsks),
    serve(api.answerAsk, answerAsk),
  ],
  reactions: [askLater],
  jobs: [askNow],
  settings: [{ table: 'survey', change }],
}
