import { createContext, use } from 'react'

/** Who reads: whoever is signed in, or whose link it is. */
export const Reader = createContext('')

/** By their id: what is one's own is told in other words. */
export const useReader = () => use(Reader)
