import { serve } from '#server/core/http.ts'
import type { Module } from '#server/core/module.ts'
import * as api from '#shared/guest.ts'
import { endOnceClosed, tidyGuestLinks } from './links.ts'
import { lookAsRequester } from './look.ts'
import { getGuest, listGuestLinks, withdrawGuestLinks } from './read.ts'

export const guest: Module = {
  served: [
    serve(api.getGuest, getGuest),
    serve(api.lookAsRequester, lookAsRequester),
    serve(api.listGuestLinks, listGuestLinks),
    serve(api.withdrawGuestLinks, withdrawGuestLinks),
  ],
  reactions: [endOnceClosed],
  jobs: [tidyGuestLinks],
}
