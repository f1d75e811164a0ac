import { T } from '#web/core/T.tsx'
import { When } from '#web/core/time.tsx'

/** As of when something was counted. */
export const CountedAt = ({ asOf }: { asOf: string }) => (
  <span>
    <T of="As of {when}" values={{ when: <When at={asOf} /> }} />
  </span>
)
