/** The languages of Stripe's pages (Stripe API reference, "Create a Checkout Session"), but for regions of them. */
const LANGUAGES = new Set(
  'bg cs da de el en es et fi fil fr hr hu id it ja ko lt lv ms mt nb nl pl pt ro ru sk sl sv th tr vi zh'.split(
    ' ',
  ),
);

/** What to ask Stripe's pages for, so that they go on in the language of ours. @param language of our page: "it" */
export const pageLocale = (language: string): string => (LANGUAGES.has(language) ? language : 'auto');
