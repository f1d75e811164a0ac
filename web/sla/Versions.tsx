import type { Definition } from '#shared/sla.ts'
import { When } from '#web/core/time.tsx'
import { t } from '#web/core/words.ts'
import { withinWords } from '#web/sla/terms.ts'
import styles from './admin.module.css'

/** What was promised when: clocks keep the version that they began under. */
export function Versions({ definition: { versions } }: { definition: Definition }) {
  return (
    <section className={styles.part} aria-label={t('Versions')}>
      <table className={styles.changes}>
        <caption className="unseen">{t('Versions')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('Version')}</th>
            <th scope="col">{t('Holds from')}</th>
            <th scope="col">{t('Within')}</th>
            <th scope="col">{t('For')}</th>
          </tr>
        </thead>
        <tbody>
          {versions.map(({ version, startsAt, within, start }) => (
            <tr key={version}>
              <th scope="row">{version}</th>
              <td>
                <When at={startsAt} />
              </td>
              <td>{withinWords(within)}</td>
              <td className="mono">{start === '' ? t('every incident') : start}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
