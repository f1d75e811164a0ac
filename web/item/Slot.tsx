import { createElement, Suspense, type ComponentType } from 'react'

interface SlotProps {
  readonly itemId: string
}

type Place = 'record-top' | 'record-side'

const filled = new Map<Place, ComponentType<SlotProps>>()

/** Fills a place on a record's page from a part of the product that the page itself does not know. */
export function fill(place: Place, component: ComponentType<SlotProps>) {
  filled.set(place, component)
}

/** A place on a record's page for what others have to say of it. */
export function Slot({ place, itemId }: SlotProps & { readonly place: Place }) {
  const filling = filled.get(place)
  return filling ? <Suspense fallback={null}>{createElement(filling, { key: itemId, itemId })}</Suspense> : null
}
