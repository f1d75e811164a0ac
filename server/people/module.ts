import { serve } from '#server/core/http.ts'
import type { Module } from '#server/core/module.ts'
import * as api from '#shared/people.ts'
import { activate, deactivate } from './leaving.ts'
import { alterOrganisation, createOrganisation, organisations } from './organisations.ts'
import { add, change, findPeople, inviteOnceMore, person } from './person.ts'
import { alterRole, createRole, roles } from './roles.ts'
import { alterTeam, createTeam, teams } from './teams.ts'

const changes = {
  person: serve(api.changePerson, change),
  team: serve(api.changeTeam, alterTeam),
  organisation: serve(api.changeOrganisation, alterOrganisation),
  role: serve(api.changeRole, alterRole),
}

export const people: Module = {
  served: [
    serve(api.listPeople, findPeople),
    serve(api.getPerson, (ctx, { id }) => person(ctx, id)),
    serve(api.addPerson, add),
    changes.person,
    serve(api.inviteAgain, inviteOnceMore),
    serve(api.deactivatePerson, deactivate),
    serve(api.activatePerson, activate),
    serve(api.listTeams, teams),
    serve(api.addTeam, createTeam),
    changes.team,
    serve(api.listOrganisations, organisations),
    serve(api.addOrganisation, createOrganisation),
    changes.organisation,
    serve(api.listRoles, roles),
    serve(api.addRole, createRole),
    changes.role,
  ],
  settings: Object.entries(changes).map(([table, by]) => ({ table, change: by })),
}
