import { Link } from '@tanstack/react-router'
import styles from './people.module.css'

/** The pages about people, side by side. */
export function Beside() {
  return (
    <nav className={styles.beside} aria-label="People and groups">
      <Link to="/people">People</Link>
      <Link to="/teams">Teams</Link>
      <Link to="/organisations">Organisations</Link>
      <Link to="/roles">Roles</Link>
    </nav>
  )
}
