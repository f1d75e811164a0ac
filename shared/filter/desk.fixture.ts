import { FilterError } from './error.ts'
import type { Fields } from './fields.ts'
import type { Predicates } from './filter.ts'

// A desk in small, with every type of field.

const choices = (...values: string[]) => values.map((value) => ({ value, label: value.toUpperCase() }))

const organisation: Fields = {
  name: { type: 'text', label: 'Name' },
  region: { type: 'choice', label: 'Region', values: choices('north', 'south'), nullable: true },
}
const person: Fields = {
  name: { type: 'text', label: 'Name' },
  vip: { type: 'boolean', label: 'VIP' },
  organisation: { type: 'organisation', label: 'Organisation', to: () => organisation, nullable: true },
  manager: { type: 'person', label: 'Manager', to: () => person, nullable: true },
}
const team: Fields = {
  name: { type: 'text', label: 'Name' },
  lead: { type: 'person', label: 'Lead', to: () => person, nullable: true },
}
const service: Fields = {
  name: { type: 'text', label: 'Name' },
  tier: { type: 'number', label: 'Tier', nullable: true },
  owner: { type: 'person', label: 'Owner', to: () => person, nullable: true },
}

export const fields: Fields = {
  title: { type: 'text', label: 'Title' },
  note: { type: 'text', label: 'Note', nullable: true },
  state: { type: 'choice', label: 'State', values: choices('new', 'assigned', 'on_hold', 'closed') },
  phase: { type: 'choice', label: 'Phase', values: choices('open', 'waiting', 'done') },
  priority: { type: 'number', label: 'Priority', nullable: true },
  score: { type: 'number', label: 'Score', nullable: true },
  confidential: { type: 'boolean', label: 'Confidential' },
  createdAt: { type: 'time', label: 'Created', word: 'created' },
  dueAt: { type: 'time', label: 'Due', word: 'due', nullable: true },
  endsOn: { type: 'time', label: 'Ends', nullable: true },
  tags: { type: 'tags', label: 'Tags' },
  service: { type: 'reference', label: 'Service', to: () => service, nullable: true },
  team: { type: 'team', label: 'Team', to: () => team, nullable: true },
  assignee: { type: 'person', label: 'Assignee', to: () => person, nullable: true },
  requester: { type: 'person', label: 'Requester', to: () => person },
  'custom.cost_centre': { type: 'number', label: 'Cost centre', nullable: true },
  'custom.site': { type: 'choice', label: 'Site', nullable: true },
  'custom.approved': { type: 'boolean', label: 'Approved', nullable: true },
  'custom.seen': { type: 'time', label: 'Seen', nullable: true },
}

export const predicates: Predicates = {
  open: { field: 'phase', op: '=', value: 'open' },
  waiting: { field: 'phase', op: '=', value: 'waiting' },
  done: { field: 'phase', op: '=', value: 'done' },
  unassigned: { field: 'assignee', op: '=', value: null },
  forgotten: { all: [{ is: 'unassigned' }, { not: { is: 'done' } }, { field: 'createdAt', op: '<', value: '-7d' }] },
}

export const idOf = (table: number, row: number) =>
  `0${table}000000-0000-4000-8000-${String(row).padStart(12, '0')}` as const

export const organisationNames = ['Halyard Retail', 'ÉCOLE Nº 9', 'none']
export const personNames = ['Sam Ortiz', 'Zoë ÅKERMAN', 'İlknur Işık', 'ΝΙΚΟΣ', 'Ann_Lee', '100% Bob', 'me', 'Max']
export const teamNames = ['Network', 'Desk', 'Straße', 'any']
export const serviceNames = ['E-mail', 'VPN', 'VPN (old)', 'Café Wi-Fi', 'Παρος', 'Print\\Scan']

/** What reading gives: a filter, or why there is none. Anything else that is thrown is a bug, and thrown on. */
export function attempt<T>(read: () => T): T | FilterError {
  try {
    return read()
  } catch (error) {
    if (error instanceof FilterError) return error
    throw error
  }
}
