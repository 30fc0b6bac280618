/** The languages that shoppers may choose, each by its own name. */
export const languages = { en: 'English', es: 'Español', it: 'Italiano' } as const;

export type Language = keyof typeof languages;

export const isLanguage = (text: string): text is Language => Object.hasOwn(languages, text);
