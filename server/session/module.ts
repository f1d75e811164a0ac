import { serve } from '#server/core/http.ts'
import type { Module } from '#server/core/module.ts'
import * as api from '#shared/session.ts'
import { ask, look, sendReset, use } from './links.ts'
import { changeOwn, me } from './me.ts'
import { changeOwnPassword, endOwnSession, sessions } from './own.ts'
import { leave, signInWith } from './sign-in.ts'
import { tidySessions } from './tidy.ts'
import { addOwnToken, removeOwnToken, tokens } from './tokens.ts'
import { begin, confirm, stop } from './totp.ts'

export const session: Module = {
  served: [
    serve(api.getMe, me),
    serve(api.changeMe, changeOwn),
    serve(api.signIn, signInWith),
    serve(api.readLink, look),
    serve(api.useLink, use),
    serve(api.askReset, ask),
    serve(api.signOut, leave),
    serve(api.listSessions, sessions),
    serve(api.endSession, endOwnSession),
    serve(api.changePassword, changeOwnPassword),
    serve(api.startTotp, begin),
    serve(api.confirmTotp, confirm),
    serve(api.stopTotp, stop),
    serve(api.listTokens, tokens),
    serve(api.addToken, addOwnToken),
    serve(api.removeToken, removeOwnToken),
  ],
  jobs: [sendReset, tidySessions],
}
