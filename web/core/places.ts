import { BookOpen, ChartLine, LayoutList, Settings, Users, UsersRound, type LucideIcon } from 'lucide-react'
import type { Permission } from '#shared/access.ts'
import { useMay } from '#web/core/me.ts'
import { t } from '#web/core/words.ts'

export interface Place {
  readonly id: string
  readonly label: string
  readonly href: string
  readonly icon: LucideIcon
  readonly keys?: string
  /** Shown to those who may do any of these. */
  readonly may: readonly Permission[]
}

const places: readonly Place[] = [
  { id: 'queue', label: t('Queue'), href: '/q', icon: LayoutList, keys: 'g q', may: ['item.read'] },
  {
    id: 'figures',
    label: t('Figures'),
    href: '/figures',
    icon: ChartLine,
    keys: 'g f',
    may: ['report.read', 'item.work'],
  },
  { id: 'people', label: t('People'), href: '/people', icon: Users, keys: 'g p', may: ['people.read'] },
  { id: 'teams', label: t('Teams'), href: '/teams', icon: UsersRound, keys: 'g t', may: ['people.read'] },
  {
    id: 'admin',
    label: t('Administration'),
    href: '/admin',
    icon: Settings,
    keys: 'g a',
    may: [
      'people.manage',
      'service.manage',
      'rule.manage',
      'template.manage',
      'source.manage',
      'audit.read',
      'desk.manage',
    ],
  },
  { id: 'portal', label: t('Portal'), href: '/portal', icon: BookOpen, may: ['incident.open'] },
]

/** Where the one who is signed in can go. */
export function usePlaces() {
  const may = useMay()
  return places.filter((place) => place.may.some(may))
}
