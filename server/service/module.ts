import { serve } from '#server/core/http.ts'
import type { Module } from '#server/core/module.ts'
import * as api from '#shared/service.ts'
import { alterService, createService, services } from './service.ts'

const change = serve(api.changeService, alterService)

export const service: Module = {
  served: [serve(api.listServices, services), serve(api.addService, createService), change],
  settings: [{ table: 'service', change }],
}
