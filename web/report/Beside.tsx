import { useLocation } from '@tanstack/react-router'
import { useMay } from '#web/core/me.ts'
import { t } from '#web/core/words.ts'
import { GoLink } from '#web/report/GoLink.tsx'
import styles from './beside.module.css'

const pages = [
  { href: '/figures/board', label: t('Desk board'), may: 'report.read' },
  { href: '/figures/service', label: t('Service'), may: 'report.read' },
  { href: '/figures/process', label: t('Process'), may: 'report.read' },
  { href: '/figures/own', label: t('Mine'), may: 'item.work' },
] as const

/** The pages of figures that are for this person. */
export function Beside() {
  const may = useMay()
  const { pathname } = useLocation()
  return (
    <nav aria-label={t('Figures')} className={styles.beside}>
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
