/** What X finds wrong with a rule or a query. */
export class RuleFault extends Error {
  override name = 'RuleFault';
}

export type RuleToken =
  | { kind: '(' | ')' | 'or' | 'not'; at: number }
  /** `operator` is empty for a keyword or phrase, and `#`, `@` or `$` for a tag or mention. */
  | { kind: 'clause'; operator: string; value: string; at: number };

const QUOTED = /(?:([A-Za-z_]+):)?"((?:[^"\\]|\\.)*)"/y;
const WORD = /[^\s()"]+/y;
const NAMED = /^([A-Za-z_]+):(.*)$/su;

/** Takes a rule apart. Positions count from 1, in code points, as in X's messages. @throws RuleFault */
export function tokensOf(rule: string): RuleToken[] {
  const tokens: RuleToken[] = [];
  let index = 0;
  while (index < rule.length) {
    const character = rule[index] as string;
    const at = [...rule.slice(0, index)].length + 1;
    if (/\s/.test(character)) {
      index += 1;
    } else if (character === '(' || character === ')') {
      tokens.push({ kind: character, at });
      index += 1;
    } else if (character === '-') {
      tokens.push({ kind: 'not', at });
      index += 1;
      if (/^(?:[\s)-]|$)/.test(rule.slice(index)))
        throw new RuleFault(`no viable alternative at character '-' (at position ${at})`);
    } else {
      const { token, end } = clauseAt(rule, index, at);
      tokens.push(token);
      index = end;
    }
  }
  return tokens;
}

function clauseAt(rule: string, index: number, at: number): { token: RuleToken; end: number } {
  QUOTED.lastIndex = index;
  const quoted = QUOTED.exec(rule);
  if (quoted) {
    const [text, operator = '', value = ''] = quoted;
    const end = index + text.length;
    if (/^[^\s()]/.test(rule.slice(end)))
      throw new RuleFault(
        `no viable alternative at character '${rule[end]}' (at position ${at + [...text].length})`,
      );
    return { token: clause(operator, value.replace(/\\(.)/gs, '$1'), at), end };
  }
  WORD.lastIndex = index;
  const word = WORD.exec(rule)?.[0];
  if (word === undefined || rule[index + word.length] === '"')
    throw new RuleFault(
      `no viable alternative at character '"' (at position ${at + [...(word ?? '')].length})`,
    );
  return { token: wordToken(word, at), end: index + word.length };
}

function wordToken(word: string, at: number): RuleToken {
  if (word === 'OR') return { kind: 'or', at };
  if (/^(?:and|or)$/i.test(word))
    throw new RuleFault(
      `Ambiguous use of ${word.toLowerCase()} as a keyword. Use a space to logically join two clauses, or OR to find posts that match either (at position ${at})`,
    );
  const sign = word[0] as string;
  if ('#＃@＠$'.includes(sign)) return clause(sign.normalize('NFKC'), word.slice(1), at);
  const [, operator, value] = NAMED.exec(word) ?? [];
  return operator === undefined ? clause('', word, at) : clause(operator, value ?? '', at);
}

const clause = (operator: string, value: string, at: number): RuleToken => ({
  kind: 'clause',
  operator: operator.toLowerCase(),
  value,
  at,
});
