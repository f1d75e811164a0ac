const z = 1.959964

/** The 95 % interval of a share (Wilson's score interval): it keeps within 0 and 1, and holds for few as well. */
export function shareInterval(count: number, of: number): { readonly from: number; readonly to: number } | null {
  if (of === 0) return null
  const share = count / of
  const middle = (share + (z * z) / (2 * of)) / (1 + (z * z) / of)
  const half = (z / (1 + (z * z) / of)) * Math.sqrt((share * (1 - share)) / of + (z * z) / (4 * of * of))
  return { from: Math.max(0, middle - half), to: Math.min(1, middle + half) }
}
