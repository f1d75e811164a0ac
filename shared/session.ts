import { z } from 'zod'
import { permissionNames } from '#shared/access.ts'
import { languageCodes } from '#shared/core/language.ts'
import { endpoint } from '#shared/core/endpoint.ts'
import { text } from '#shared/core/message.ts'
import { Done, Email, Id, Name, OrganisationRef, TeamRef, Time } from '#shared/core/values.ts'

/** At least 12 characters; what is long need not be odd. */
export const Password = z.string().min(12, text('Use at least 12 characters')).max(200)

/** A token as it stands in a link. */
const LinkToken = z.string().min(20).max(200)

export const Me = z
  .object({
    id: Id,
    name: z.string(),
    email: z.string(),
    audience: z.enum(['staff', 'requester']),
    permissions: z.array(z.enum(permissionNames)),
    organisation: OrganisationRef,
    teams: z.array(TeamRef),
    zone: z.string(),
    /** In which the pages are read; null is as the browser asks for. */
    language: z.enum(languageCodes).nullable(),
    totp: z.boolean(),
    desk: z.object({ name: z.string(), mail: z.boolean(), readOnly: z.string().nullable() }),
  })
  .meta({ id: 'Me' })
export type Me = z.infer<typeof Me>

export const getMe = endpoint({
  method: 'GET',
  path: '/me',
  may: 'signed-in',
  summary: 'Get who is signed in, and what they may do',
  input: z.object({}),
  output: Me,
})

export const changeMe = endpoint({
  method: 'PATCH',
  path: '/me',
  may: 'signed-in',
  summary: 'Change one’s own zone, language or phone',
  input: z.object({
    zone: z.string().max(60).optional(),
    language: z.enum(languageCodes).nullish(),
    phone: Name.nullish(),
  }),
  output: Me,
})

/** Six digits of the authenticator, or one of the recovery codes. */
const Code = z.string().trim().max(20)

/** Signed in, or asked for the code that belongs with the password: send the same again, with it. */
const Outcome = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('signed-in') }),
  z.object({ outcome: z.literal('code-needed') }),
])

export const signIn = endpoint({
  method: 'POST',
  path: '/session',
  may: 'anyone',
  summary: 'Sign in; the session is a cookie',
  input: z.object({ email: Email, password: z.string().min(1).max(200), code: Code.optional() }),
  output: Outcome,
})

/** What a link that works once is for: to set a password, or to be signed in at once. */
export const readLink = endpoint({
  method: 'GET',
  path: '/links/:token',
  may: 'anyone',
  summary: 'See what a one-time link is for, without using it up',
  input: z.object({ token: LinkToken }),
  output: z.object({ purpose: z.enum(['set-up', 'invitation', 'reset', 'sign-in']), name: z.string() }),
})

export const useLink = endpoint({
  method: 'POST',
  path: '/links/:token/use',
  may: 'anyone',
  summary: 'Use a one-time link: set a password where it asks for one, and be signed in; a reset asks for a code, too',
  input: z.object({ token: LinkToken, password: Password.optional(), code: Code.optional() }),
  output: Outcome,
})

export const askReset = endpoint({
  method: 'POST',
  path: '/password-reset',
  may: 'anyone',
  summary: 'Ask for a link to set a new password; the answer never tells whether the address is known',
  input: z.object({ email: Email }),
  output: Done,
})

export const signOut = endpoint({
  method: 'DELETE',
  path: '/session',
  may: 'signed-in',
  summary: 'Sign out',
  input: z.object({}),
  output: Done,
})

export const Session = z
  .object({
    id: Id,
    current: z.boolean(),
    agent: z.string(),
    address: z.string(),
    createdAt: Time,
    lastSeenAt: Time,
  })
  .meta({ id: 'Session' })

export const listSessions = endpoint({
  method: 'GET',
  path: '/me/sessions',
  may: 'signed-in',
  summary: 'List where one is signed in',
  input: z.object({}),
  output: z.array(Session),
})

export const endSession = endpoint({
  method: 'DELETE',
  path: '/me/sessions/:id',
  may: 'signed-in',
  summary: 'End one of one’s own sessions',
  input: z.object({ id: Id }),
  output: Done,
})

export const changePassword = endpoint({
  method: 'PUT',
  path: '/me/password',
  may: 'signed-in',
  secret: true,
  summary: 'Change one’s password; all other sessions end',
  input: z.object({ current: z.string().max(200), password: Password }),
  output: Done,
})

export const startTotp = endpoint({
  method: 'POST',
  path: '/me/totp',
  may: 'signed-in',
  secret: true,
  summary: 'Begin to protect sign-in with a code from an authenticator app',
  input: z.object({ password: z.string().max(200) }),
  output: z.object({ secret: z.string(), uri: z.string() }),
})

export const confirmTotp = endpoint({
  method: 'PUT',
  path: '/me/totp',
  may: 'signed-in',
  secret: true,
  summary: 'Confirm the authenticator app with a first code',
  input: z.object({
    code: z
      .string()
      .trim()
      .regex(/^\d{6}$/, text('Six digits')),
  }),
  output: z.object({ recoveryCodes: z.array(z.string()) }),
})

export const stopTotp = endpoint({
  method: 'DELETE',
  path: '/me/totp',
  may: 'signed-in',
  secret: true,
  summary: 'Sign in without a code again',
  input: z.object({ password: z.string().max(200) }),
  output: Done,
})

export const Token = z
  .object({
    id: Id,
    name: z.string(),
    scopes: z.array(z.enum(permissionNames)).nullable().meta({ description: 'None: all that the person may' }),
    createdAt: Time,
    expiresAt: Time.nullable(),
    lastUsedAt: Time.nullable(),
  })
  .meta({ id: 'Token' })

export const listTokens = endpoint({
  method: 'GET',
  path: '/me/tokens',
  may: 'signed-in',
  summary: 'List one’s API tokens',
  input: z.object({}),
  output: z.array(Token),
})

export const addToken = endpoint({
  method: 'POST',
  path: '/me/tokens',
  may: 'signed-in',
  secret: true,
  summary: 'Make an API token; it is shown once',
  input: z.object({
    name: Name,
    scopes: z.array(z.enum(permissionNames)).nullish(),
    days: z.int().min(1).max(3650).default(90),
  }),
  output: z.object({ token: z.string(), about: Token }),
})

export const removeToken = endpoint({
  method: 'DELETE',
  path: '/me/tokens/:id',
  may: 'signed-in',
  summary: 'Revoke an API token',
  input: z.object({ id: Id }),
  output: Done,
})
