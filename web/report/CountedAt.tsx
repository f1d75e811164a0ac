import { When } from '#web/core/time.tsx'

/** As of when something was counted. */
export const CountedAt = ({ asOf }: { asOf: string }) => (
  <span>
    As of <When at={asOf} />
  </span>
)
