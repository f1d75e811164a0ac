import { useSuspenseQuery } from '@tanstack/react-query'
import { useCallback } from 'react'
import type { Permission } from '#shared/access.ts'
import { getMe } from '#shared/session.ts'
import { query } from '#web/core/api.ts'

/** Who is signed in. Pages below `staffRoute` and `portalRoute` may count on it. */
export function useMe() {
  return useSuspenseQuery(query(getMe, {})).data
}

/** Whether the one who is signed in may do something. The server decides; this only hides what it would refuse. */
export function useMay() {
  const { permissions } = useMe()
  return useCallback((permission: Permission) => permissions.includes(permission), [permissions])
}
