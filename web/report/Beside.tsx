import { useLocation } from '@tanstack/react-router'
import { useMay } from '#web/core/me.ts'
import { GoLink } from '#web/report/GoLink.tsx'
import styles from './beside.module.css'

const pages = [
  { href: '/figures/board', label: 'Desk board', may: 'report.read' },
  { href: '/figures/service', label: 'Service', may: 'report.read' },
  { href: '/figures/process', label: 'Process', may: 'report.read' },
  { href: '/figures/own', label: 'Mine', may: 'item.work' },
] as const

/** The pages of figures that are for this person. */
export function Beside() {
  const may = useMay()
  const { pathname } = useLocation()
  return (
    <nav aria-label="Figures" className={styles.beside}>
      {pages
        .filter((page) => may(page.may))
        .map(({ href, label }) => (
          <GoLink key={href} href={href} aria-current={pathname.startsWith(href) ? 'page' : undefined}>
            {label}
          </GoLink>
        ))}
    </nav>
  )
}
