import type { z } from 'zod';
import { invalid, notSimulated, type Refusal } from './refusals.ts';

type Issue = z.core.$ZodIssue;

/**
 * Says what is wrong with parameters as Stripe does, one thing at a time: first what it does not know, then what is
 * missing, then what does not fit.
 * @param real parameters that Stripe has and the stand-in does not act on, as `line_items.price_data.recurring`
 */
export function refuseParams(issues: Issue[], real: readonly string[]): Refusal {
  const unknown = issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [],
  );
  const invented = unknown.filter((path) => !real.includes(withoutIndices(path)));
  const [first] = invented;
  if (first) {
    const names = invented.map(paramName).join(', ');
    return invalid(`Received unknown parameter${invented.length > 1 ? 's' : ''}: ${names}`, {
      code: 'parameter_unknown',
      param: paramName(first),
    });
  }
  const [left] = unknown;
  if (left) return notSimulated(`the parameter \`${paramName(left)}\``, paramName(left));
  const issue = issues.find(isMissing) ?? issues[0];
  if (!issue) return invalid('Invalid request');
  return refuseOne(issue, paramName(issue.path));
}

const isMissing = (issue: Issue): boolean =>
  (issue.code === 'invalid_type' || issue.code === 'custom') && issue.input === undefined;

function refuseOne(issue: Issue, param: string): Refusal {
  if (isMissing(issue))
    return invalid(`Missing required param: ${param}.`, { code: 'parameter_missing', param });
  if (issue.input === '' || (issue.code === 'too_small' && issue.origin === 'string'))
    return invalid(
      `You passed an empty string for '${param}'. We assume empty values are an attempt to unset a parameter; however '${param}' cannot be unset. You should remove '${param}' from your request or supply a non-empty value.`,
      { code: 'parameter_invalid_empty', param },
    );
  if (issue.code === 'too_big')
    return invalid(
      issue.origin === 'array'
        ? `Array ${param} exceeded maximum ${issue.maximum} allowed elements.`
        : `Invalid string: ${String(issue.input).slice(0, 20)}...; must be at most ${issue.maximum} characters`,
      { param },
    );
  if (issue.code === 'custom') {
    const code: unknown = issue.params?.code;
    if (code === 'choice') return invalid(`Invalid ${param}: ${issue.message}`, { param });
    return invalid(issue.message, { code: typeof code === 'string' ? code : undefined, param });
  }
  if (issue.code === 'invalid_type') return invalid(`Invalid ${issue.expected}`, { param });
  return invalid(issue.message, { param });
}

/** `line_items[0][price_data]` */
function paramName(path: PropertyKey[]): string {
  const [head, ...rest] = path.map(String);
  return `${head ?? ''}${rest.map((part) => `[${part}]`).join('')}`;
}

const withoutIndices = (path: PropertyKey[]): string =>
  path
    .filter((part) => typeof part !== 'number')
    .map(String)
    .join('.');
