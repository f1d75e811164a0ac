import { useEffect, useState } from 'react'
import { Refused } from '#web/core/api.ts'

/** The seconds that are left to wait after the desk said that there were too many tries. */
export function useWait() {
  const [until, setUntil] = useState(0)
  const [left, setLeft] = useState(0)
  useEffect(() => {
    if (until === 0) return undefined
    const tick = () => {
      const seconds = Math.ceil((until - Date.now()) / 1000)
      setLeft(Math.max(0, seconds))
      if (seconds <= 0) setUntil(0)
    }
    tick()
    const timer = setInterval(tick, 500)
    return () => clearInterval(timer)
  }, [until])
  const heed = (error: unknown) => {
    if (error instanceof Refused && error.retryAfter !== undefined) setUntil(Date.now() + error.retryAfter * 1000)
  }
  return { left, heed }
}

export const inWords = (seconds: number) =>
  seconds < 60
    ? `${seconds} second${seconds === 1 ? '' : 's'}`
    : `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')} minutes`
