import type { Incident } from '#shared/incident.ts'
import { Family } from '#web/incident/Family.tsx'
import { Occurrences, Traces } from '#web/item/About.tsx'
import { Attachments } from '#web/item/Attachments.tsx'
import { GuestLinks } from '#web/item/GuestLinks.tsx'
import { Links } from '#web/item/Links.tsx'
import { Slot } from '#web/item/Slot.tsx'
import { Tasks } from '#web/item/Tasks.tsx'
import { Watchers } from '#web/item/Watchers.tsx'

/** What stands around an incident: the work on it, what belongs to it, and why it is where it is. */
export function Around({ incident }: { incident: Incident }) {
  const { id, occurrenceCount } = incident
  return (
    <>
      <Occurrences itemId={id} count={occurrenceCount} />
      <Tasks itemId={id} />
      <Attachments itemId={id} />
      <Links itemId={id} />
      <Family incident={incident} />
      <Watchers itemId={id} />
      <GuestLinks itemId={id} />
      <Slot place="record-side" itemId={id} />
      <Traces itemId={id} />
    </>
  )
}
