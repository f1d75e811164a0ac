import type { Command } from 'commander'
import type { Ctx } from '#server/core/desk.ts'
import { Refusal } from '#server/core/refusal.ts'
import { createPerson, deactivate, findPeople, invite, linkTo, makeLink } from '#server/people/people.ts'
import { createToken } from '#server/session/session.ts'
import { Email } from '#shared/core/values.ts'
import { addPerson, type Person } from '#shared/people.ts'
import { addToken } from '#shared/session.ts'
import { asOperator, printJson, printTable, withDesk, type Shell } from './beside.ts'

export function addUserCommands(program: Command, shell: Shell) {
  const user = program.command('user').description('people: add, list, deactivate, let in')
  user
    .command('add <email>')
    .description('add a person, and print the link by which they set a password')
    .requiredOption('--name <name>', 'what they are called')
    .option('--role <keys>', 'one or more roles by their keys, with commas between', 'requester')
    .option('--organisation <name>', 'where they belong; by default where the first organisation is')
    .option('--json', 'print JSON')
    .action((email: string, options: AddOptions) => add(shell, email, options))
  user
    .command('list')
    .description('list the people')
    .option('--json', 'print JSON')
    .action((options: JsonOption) => list(shell, options))
  user
    .command('deactivate <email>')
    .description('end a person’s access at once, and print what they leave behind')
    .option('--json', 'print JSON')
    .action((email: string, options: JsonOption) => end(shell, email, options))
  user
    .command('link <email>')
    .description('print a link that signs a person in, once, within an hour')
    .action((email: string) => link(shell, email))
  program
    .command('token <email>')
    .description('make an API token for a person, and print it')
    .option('--name <name>', 'what it is for', 'Command line')
    .option('--days <days>', 'how long it is good for', '90')
    .option('--scopes <permissions>', 'the permissions it is limited to, with commas between')
    .option('--json', 'print JSON')
    .action((email: string, options: TokenOptions) => token(shell, email, options))
}

interface JsonOption {
  readonly json?: true
}

interface AddOptions extends JsonOption {
  readonly name: string
  readonly role: string
  readonly organisation?: string
}

function add(shell: Shell, email: string, { name, role, organisation, json }: AddOptions) {
  return withDesk(shell, async (desk) => {
    const made = await asOperator(desk, async (ctx) => {
      const organisationId = await organisationNamed(ctx, organisation)
      const roleIds = await rolesWithKeys(ctx, role.split(','))
      const about = addPerson.input.parse({ name, email, organisationId, roleIds })
      const { name: known, email: address, zone, vip } = about
      const id = await createPerson(ctx, { name: known, email: address, zone, vip, organisationId, roleIds })
      return { id, email: address, link: await invite(ctx, desk, { id, name: known, email: address, active: true }) }
    })
    if (json) printJson(shell, made)
    else shell.say(`${made.email} was added. The link to set a password works once, for seven days:\n${made.link}`)
  })
}

async function organisationNamed({ db }: Ctx, name: string | undefined) {
  const rows = await db.selectFrom('organisation').select(['id', 'name']).orderBy('id').execute()
  const found = name === undefined ? rows[0] : rows.find((one) => one.name.toLowerCase() === name.toLowerCase())
  if (found) return found.id
  throw new Refusal('not_found', name === undefined ? 'Set the desk up first' : `There is no organisation ${name}`)
}

async function rolesWithKeys({ db }: Ctx, keys: readonly string[]) {
  const rows = await db.selectFrom('role').select(['id', 'key']).orderBy('key').execute()
  return keys.map((key) => {
    const role = rows.find((one) => one.key === key.trim())
    if (role) return role.id
    throw new Refusal('not_found', `There is no role ${key}; there are ${rows.map((one) => one.key).join(', ')}`)
  })
}

function list(shell: Shell, { json }: JsonOption) {
  return withDesk(shell, async (desk) => {
    const people: Person[] = []
    let after: string | undefined
    do {
      const page = await asOperator(desk, (ctx) => findPeople(ctx, { q: '', limit: 200, after }), 'read only')
      people.push(...page.people)
      after = page.next ?? undefined
    } while (after)
    if (json) return printJson(shell, people)
    return printTable(shell, people.map(row))
  })
}

const row = ({ name, email, roles, active }: Person) => [
  name,
  email,
  roles.map(({ key }) => key).join(', '),
  active ? '' : 'deactivated',
]

function end(shell: Shell, email: string, { json }: JsonOption) {
  return withDesk(shell, async (desk) => {
    const left = await asOperator(desk, async (ctx) => deactivate(ctx, await byEmail(ctx, email)))
    if (json) return printJson(shell, left)
    return tellLeft(shell, email, left)
  })
}

function tellLeft({ say }: Shell, email: string, left: Awaited<ReturnType<typeof deactivate>>) {
  say(`${email} has no access any more.`)
  if (left.recordCount > 0) say(`Still on them: ${left.recordCount} records, such as ${left.records[0]?.number}.`)
  if (left.leads.length > 0) say(`They lead ${left.leads.map(({ name }) => name).join(', ')}.`)
  if (left.services.length > 0) say(`They own ${left.services.map(({ name }) => name).join(', ')}.`)
}

function link(shell: Shell, email: string) {
  return withDesk(shell, async (desk) => {
    const made = await asOperator(desk, async (ctx) => {
      const { id, active } = await byEmail(ctx, email)
      if (!active) throw new Refusal('conflict', `${email} is deactivated`)
      return makeLink(ctx, 'sign-in', id)
    })
    shell.note('Whoever opens this link is signed in as them; it works once, for an hour:')
    shell.say(linkTo(desk, made))
  })
}

interface TokenOptions extends JsonOption {
  readonly name: string
  readonly days: string
  readonly scopes?: string
}

function token(shell: Shell, email: string, { name, days, scopes, json }: TokenOptions) {
  const about = addToken.input.parse({
    name,
    days: Number(days),
    scopes: scopes?.split(',').map((scope) => scope.trim()),
  })
  return withDesk(shell, async (desk) => {
    const made = await asOperator(desk, async (ctx) => {
      const { id, active } = await byEmail(ctx, email)
      if (!active) throw new Refusal('conflict', `${email} is deactivated`)
      return createToken(ctx, id, about)
    })
    if (json) return printJson(shell, { token: made.token, ...made.about })
    shell.note(`Good until ${made.about.expiresAt}; it is shown this once:`)
    return shell.say(made.token)
  })
}

async function byEmail({ db }: Ctx, given: string) {
  const email = Email.parse(given)
  const found = await db.selectFrom('person').select(['id', 'active']).where('email', '=', email).executeTakeFirst()
  if (!found) throw new Refusal('not_found', `There is nobody with the address ${email}`)
  return found
}
