import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { useCallback } from 'react'
import { getMe } from '#shared/session.ts'
import { query } from '#web/core/api.ts'

/** Goes where somebody who has just signed in wants to be: where they came from, or where their work is. */
export function useArrival() {
  const client = useQueryClient()
  const router = useRouter()
  return useCallback(
    async (back?: string) => {
      client.clear()
      const me = await client.fetchQuery(query(getMe, {}))
      const home = me.audience === 'staff' ? '/q' : '/portal'
      await router.navigate({ href: isOurs(back) ? back : home, replace: true })
    },
    [client, router],
  )
}

/** Only a path of this desk: nobody is led elsewhere by a link to the sign-in page. */
const isOurs = (back: string | undefined): back is string =>
  back !== undefined && /^\/(?![/\\])/.test(back) && !back.startsWith('/sign-in')
