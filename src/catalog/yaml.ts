import { Composer, type CST, type Document, Lexer, LineCounter, Parser } from 'yaml';
import { say } from '../domain/catalog-texts.ts';

/** A catalog needs eight. Levels are read by recursion, so there must be an end to them. */
const MOST_LEVELS = 50;

/** What no text needs, and PostgreSQL does not take: control characters but for tab and line ends. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is they that are looked for
const INVISIBLE = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/;

/** Something wrong at an offset of a text. */
export interface TextFault {
  offset: number;
  message: string;
}

/** One YAML document, as far as it could be read. */
export interface Yaml {
  lines: LineCounter;
  document?: Document;
  faults: TextFault[];
}

/** Reads a text as one YAML document, in a time that grows with its length and not faster. */
export function parseYaml(text: string): Yaml {
  const lines = new LineCounter();
  lines.addNewLine(0);
  const invisible = INVISIBLE.exec(text);
  if (invisible) {
    const code = `U+${invisible[0].charCodeAt(0).toString(16).padStart(4, '0')}`;
    for (const match of text.matchAll(/\n/g)) lines.addNewLine(match.index + 1);
    return { lines, faults: [{ offset: invisible.index, message: say('control_character', { code }) }] };
  }
  const parser = new Parser(lines.addNewLine);
  const tokens: CST.Token[] = [];
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) tokens.push(token);
    if (parser.stack.length > MOST_LEVELS)
      return { lines, faults: [{ offset: parser.offset, message: say('too_deep', { most: MOST_LEVELS }) }] };
  }
  tokens.push(...parser.end());
  // Keys that stand twice are found by whoever reads the document: here that takes the square of their number.
  const composer = new Composer({ prettyErrors: false, logLevel: 'silent', uniqueKeys: false });
  const [document, another] = composer.compose(tokens, true, text.length);
  const faults = (document?.errors ?? []).map((error) => ({
    offset: error.pos[0],
    message: say('not_yaml', { reason: error.message }),
  }));
  if (another)
    faults.push({
      offset: another.range[0],
      message: say('not_yaml', { reason: 'a second document begins here' }),
    });
  return { lines, ...(document && faults.length === 0 ? { document } : {}), faults };
}
