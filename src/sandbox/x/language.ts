/** Scripts that give a language away. Latin letters are taken for English: the stand-in is no linguist. */
const SCRIPTS: Array<[RegExp, string]> = [
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/u, 'ja'],
  [/\p{Script=Hangul}/u, 'ko'],
  [/\p{Script=Han}/u, 'zh'],
  [/\p{Script=Cyrillic}/u, 'ru'],
  [/\p{Script=Arabic}/u, 'ar'],
  [/\p{Script=Hebrew}/u, 'iw'],
  [/\p{Script=Greek}/u, 'el'],
  [/\p{Script=Thai}/u, 'th'],
  [/\p{Script=Devanagari}/u, 'hi'],
  [/\p{Script=Latin}/u, 'en'],
];
const NOT_WORDS = /(?:https?:\/\/|[#＃@＠])\S+/gu;

/** The language that X would name for a text; `und` where it has nothing but tags, mentions and addresses. */
export function languageOf(text: string): string {
  const words = text.replace(NOT_WORDS, '');
  return SCRIPTS.find(([script]) => script.test(words))?.[1] ?? 'und';
}
