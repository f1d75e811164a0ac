import type { Ctx, Desk } from '#server/core/desk.ts'
import type { Call } from '#server/core/http.ts'

export interface Persona {
  readonly role: string
  readonly personId: string
  readonly name: string
}

export type MakeDemo = (
  desk: Desk,
  options: { readonly progress: (done: number, total: number) => Promise<void> },
) => Promise<{ readonly personas: readonly Persona[] }>

/** What setting up asks of the parts beside this one; the list of modules brings them together. */
export interface Beside {
  readonly makeDemo: MakeDemo
  /** Gives somebody a password, and signs them in. */
  readonly letIn: (
    ctx: Ctx,
    call: Call,
    person: { readonly id: string; readonly name: string; readonly email: string },
    password: string,
  ) => Promise<void>
}
