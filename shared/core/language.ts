/** The languages that the pages speak, each by its own name. */
export const languages = {
  en: { name: 'English', locale: 'en-GB' },
  de: { name: 'Deutsch', locale: 'de-DE' },
} as const

export type Language = keyof typeof languages

export const languageCodes = ['en', 'de'] as const satisfies readonly Language[]
