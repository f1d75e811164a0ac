import type { ResolutionCode } from '#shared/incident.ts'
import type { z } from 'zod'
import type { Random } from './random.ts'
import type { ServiceName } from './services.ts'

/** Something that goes wrong again and again: what people report, what they are asked, and what mends it. */
export interface Problem {
  readonly service: ServiceName
  readonly title: string
  readonly text: string
  /** Impact and urgency. */
  readonly level: readonly [1 | 2 | 3, 1 | 2 | 3]
  /** How often it comes up beside the others. */
  readonly often: number
  /** What the desk asks, and what the caller answers. */
  readonly ask?: string
  readonly answer?: string
  readonly notes: readonly string[]
  readonly fix: string
  readonly code?: z.infer<typeof ResolutionCode>
  /** What is told to a vendor, where one must act. */
  readonly vendor?: string
  /** The only organisations that have it. */
  readonly at?: readonly string[]
  readonly confidential?: boolean
}

const lists: Readonly<Record<string, readonly string[]>> = {
  browser: ['Edge', 'Chrome', 'Firefox'],
  laptop: ['LT-20418', 'LT-20977', 'LT-21340', 'LT-21885', 'LT-22016', 'LT-22351', 'LT-22790', 'LT-23104'],
  printer: ['PR-LON-03', 'PR-LON-11', 'PR-BER-02', 'PR-HAM-01', 'PR-LDS-04', 'PR-NYC-07', 'PR-KIE-02', 'PR-BRI-05'],
  host: ['app-14', 'app-22', 'db-07', 'db-11', 'file-03', 'web-05', 'k8s-node-09', 'k8s-node-17', 'batch-02'],
  switch: ['sw-lds-2', 'sw-ham-1', 'sw-kie-4', 'sw-nyc-3', 'sw-bri-1', 'sw-lon-7'],
  app: ['Excel', 'Acrobat', 'AutoCAD', 'Visio', 'Power BI', 'the tax module', 'the label designer'],
  share: ['S:\\Finance', 'S:\\Projects', 'S:\\Marketing', 'S:\\HR', 'S:\\Contracts', 'S:\\Design'],
  file: ['Budget 2nd half.xlsx', 'Tender Kiel.docx', 'Stock list.xlsx', 'Timetable.xlsx', 'Board pack.pptx'],
  report: ['Daily sales', 'Open claims by age', 'Stock turnover', 'Vessel days', 'Attendance', 'Cost by depot'],
  database: ['erp_prod', 'claims_prod', 'portal_prod', 'wms_prod', 'dwh'],
  phone: ['iPhone 15', 'Galaxy A55', 'Pixel 9', 'Zebra TC58'],
  room: ['Bridge', 'Harbour', 'Lighthouse', 'Compass', 'Anchor', 'Cedar', 'Maple'],
  vessel: ['Norvik Aurora', 'Norvik Fjord', 'Norvik Tern', 'Norvik Skua'],
  code: ['0x80070005', '0x8004011D', 'AADSTS50105', 'E-4017', 'ORA-01555', '502', '504', 'WMS-233'],
  person: ['a new colleague', 'our trainee', 'a temp', 'my deputy'],
  weekday: ['Monday', 'Tuesday', 'yesterday', 'this morning', 'last night', 'the weekend'],
}

/** Fills in the words in braces, the same word for the same name all through one incident. */
export function filler(random: Random, site: string) {
  const chosen = new Map([['site', site]])
  const valueOf = (name: string) => {
    const known = chosen.get(name)
    if (known !== undefined) return known
    const list = lists[name]
    const value = list ? random.pick(list) : String(random.whole(...(ranges[name] ?? [2, 40])))
    chosen.set(name, value)
    return value
  }
  return (text: string) => text.replaceAll(/\{(\w+)\}/g, (_, name: string) => valueOf(name))
}

const ranges: Readonly<Record<string, readonly [number, number]>> = {
  minutes: [3, 25],
  count: [2, 30],
  order: [104_200, 189_900],
  till: [1, 9],
  extension: [2100, 2899],
  percent: [91, 98],
  ticket: [48_000, 73_000],
}
