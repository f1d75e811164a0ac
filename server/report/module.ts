import { serve } from '#server/core/http.ts'
import type { Module } from '#server/core/module.ts'
import * as api from '#shared/report.ts'
import { askOwnFigures, listKpis } from './ask.ts'
import { countAnew } from './count-anew.ts'
import { deriveFacts, keepFacts, makeMissingFacts } from './keep.ts'
import { answerAges, answerFigures } from './kept.ts'
import { askProcess, listWayRecords } from './process.ts'
import { listFigureRecords, listOwnFigureRecords } from './records.ts'
import { figureTable } from './table.ts'

export const report: Module = {
  served: [
    serve(api.listKpis, listKpis),
    serve(api.askFigures, answerFigures),
    serve(api.askOwnFigures, askOwnFigures),
    serve(api.askAges, answerAges),
    serve(api.listFigureRecords, listFigureRecords),
    serve(api.listOwnFigureRecords, listOwnFigureRecords),
    serve(api.askProcess, askProcess),
    serve(api.listWayRecords, listWayRecords),
  ],
  routes: [figureTable],
  reactions: [keepFacts],
  derived: [deriveFacts],
  jobs: [makeMissingFacts, countAnew],
}
