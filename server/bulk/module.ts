import { serve, type Served } from '#server/core/http.ts'
import type { Module } from '#server/core/module.ts'
import * as api from '#shared/item/bulk.ts'
import { cancelBulk, getBulk, listBulks, startBulk, undoBulk } from './bulks.ts'
import { goingOn } from './carry.ts'
import { doablesAmong } from './doable.ts'
import { previewBulk } from './preview.ts'
import { forgetBulks, takingUpLeft } from './rounds.ts'

/** Changes of many records: each is one of what the other parts serve, done to one after another. */
export function bulk(served: readonly Served[]): Module {
  const doables = doablesAmong(served)
  const goOn = goingOn(doables)
  return {
    served: [
      serve(api.previewBulk, (ctx, input, _, desk) => previewBulk(ctx, desk, doables, input)),
      serve(api.startBulk, (ctx, input) => startBulk(ctx, { doables, goOn }, input)),
      serve(api.listBulks, listBulks),
      serve(api.getBulk, getBulk),
      serve(api.cancelBulk, cancelBulk),
      serve(api.undoBulk, (ctx, input) => undoBulk(ctx, { doables, goOn }, input)),
    ],
    jobs: [goOn, takingUpLeft(goOn), forgetBulks],
  }
}
