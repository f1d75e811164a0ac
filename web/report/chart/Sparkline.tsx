import styles from './chart.module.css'

const [width, height] = [96, 28]

/** The course of a figure in the space of a word. What it says is said in words beside it. */
export function Sparkline({
  values,
  limits,
}: {
  values: readonly (number | null)[]
  limits?: readonly [number, number] | undefined
}) {
  const known = values.flatMap((value) => value ?? [])
  if (known.length < 2) return null
  const [low, high] = [Math.min(...known, limits?.[0] ?? Infinity), Math.max(...known, limits?.[1] ?? -Infinity)]
  const y = (value: number) => 3 + (height - 6) * (1 - (high === low ? 0.5 : (value - low) / (high - low)))
  const x = (at: number) => 2 + ((width - 6) * at) / (values.length - 1)
  const last = values.findLastIndex((value) => value !== null)
  const path = values
    .map((value, at) => {
      if (value === null) return ''
      return `${at > 0 && values[at - 1] !== null ? 'L' : 'M'}${x(at).toFixed(1)} ${y(value).toFixed(1)}`
    })
    .join('')
  return (
    <svg className={styles.spark} width={width} height={height} aria-hidden="true">
      {limits && <rect x={0} width={width} y={y(limits[1])} height={Math.max(1, y(limits[0]) - y(limits[1]))} />}
      <path d={path} />
      <circle cx={x(last)} cy={y(values[last] ?? 0)} r={2.5} />
    </svg>
  )
}
