import type { Expression } from './rule-matching.ts';
import { operatorNamed } from './rule-operators.ts';
import { RuleFault, type RuleToken, tokensOf } from './rule-tokens.ts';

/** Where the expression is used: the two differ in length and in a few operators. */
export type Use = 'stream' | 'search';

const LONGEST: Record<Use, number> = { stream: 1_024, search: 512 };

/**
 * Reads a rule of the stream or a query of recent search (X docs: build a rule). A space means AND and binds
 * tighter than OR.
 *
 * @throws RuleFault with what X would say
 */
export function parseRule(rule: string, use: Use): Expression {
  const length = [...rule].length;
  if (length > LONGEST[use])
    throw new RuleFault(
      `Rule '${rule}' exceeds the maximum length of ${LONGEST[use]} characters: it has ${length}`,
    );
  const tokens = tokensOf(rule);
  if (tokens.length === 0)
    throw new RuleFault('Rule must contain at least one positive, non-stopword clause (at position 1)');
  const parser = new Parser(tokens, use);
  const expression = parser.either();
  parser.end();
  refuseTooBroad(expression);
  return expression;
}

class Parser {
  readonly tokens: RuleToken[];
  readonly use: Use;
  index = 0;

  constructor(tokens: RuleToken[], use: Use) {
    this.tokens = tokens;
    this.use = use;
  }

  either(): Expression {
    const parts = [this.both()];
    while (this.take('or')) parts.push(this.both());
    return parts.length === 1 ? (parts[0] as Expression) : { kind: 'any', of: parts };
  }

  both(): Expression {
    const parts = [this.one()];
    while (this.next && this.next.kind !== ')' && this.next.kind !== 'or') parts.push(this.one());
    return parts.length === 1 ? (parts[0] as Expression) : { kind: 'all', of: parts };
  }

  one(): Expression {
    if (this.take('not')) return this.negated();
    const open = this.take('(');
    if (!open) return this.clause(false);
    const inside = this.either();
    if (!this.take(')')) throw new RuleFault(`missing ')' for the group that begins at position ${open.at}`);
    return inside;
  }

  negated(): Expression {
    if (this.next?.kind === '(')
      throw new RuleFault(
        `Negating a group is not supported: negate each of its operators (at position ${this.next.at})`,
      );
    return { kind: 'not', of: this.clause(true) };
  }

  clause(negated: boolean): Expression {
    const token = this.take('clause');
    if (token?.kind !== 'clause') throw this.unexpected();
    const { operator, value, at } = token;
    const name = `${operator}:${value}`.toLowerCase();
    if (name === 'is:nullcast' && !negated)
      throw new RuleFault(`is:nullcast must be negated (at position ${at})`);
    if (operator === 'sample' && negated)
      throw new RuleFault(`sample: can not be negated (at position ${at})`);
    const { standalone, read } = operatorNamed(operator, this.use);
    return { kind: 'clause', operator, value, standalone, test: read(value) };
  }

  end(): void {
    if (this.next) throw this.unexpected();
  }

  get next(): RuleToken | undefined {
    return this.tokens[this.index];
  }

  take(kind: RuleToken['kind']): RuleToken | undefined {
    if (this.next?.kind !== kind) return undefined;
    this.index += 1;
    return this.tokens[this.index - 1];
  }

  unexpected(): RuleFault {
    const where = this.next ? `'${this.next.kind}' (at position ${this.next.at})` : 'the end of the rule';
    return new RuleFault(`no viable alternative at ${where}`);
  }
}

/** Every way to match must hold to something that is neither negated nor as broad as `is:reply`. */
function refuseTooBroad(expression: Expression): void {
  const positive = clausesOf(expression);
  if (positive.length === 0)
    throw new RuleFault('Rule must contain at least one positive, non-stopword clause (at position 1)');
  if (!isAnchored(expression)) {
    const broad = positive
      .filter(({ standalone }) => !standalone)
      .map(({ operator, value }) => `${operator}:${value}`);
    throw new RuleFault(
      broad.length > 0
        ? `The following operators can not be used without a standalone operator: [${broad.join(', ')}]`
        : 'Negated operators can not be used alone, nor alone on one side of an OR',
    );
  }
}

function isAnchored(expression: Expression): boolean {
  switch (expression.kind) {
    case 'all':
      return expression.of.some(isAnchored);
    case 'any':
      return expression.of.every(isAnchored);
    case 'not':
      return false;
    case 'clause':
      return expression.standalone;
  }
}

/** The clauses that are not negated. */
export function clausesOf(expression: Expression): Array<Extract<Expression, { kind: 'clause' }>> {
  if (expression.kind === 'clause') return [expression];
  return expression.kind === 'not' ? [] : expression.of.flatMap(clausesOf);
}
