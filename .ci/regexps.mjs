// Finds every regular expression of the product (src and workers, or the folders that are named) and fails where one
// can take more than linear time, or where nobody can tell.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { runInNewContext } from 'node:vm';
import { parseSync } from '@swc/core';

// Of the checker's backends only this one needs no Java and no binary of its own.
process.env.RECHECK_BACKEND = 'pure';
const { checkSync } = await import('recheck');

const TIMEOUT = 120_000;
/** Expressions that the checker cannot judge, with the reason why they are safe: "source": "reason". */
const JUDGED = new Map();

const folders = process.argv.length > 2 ? process.argv.slice(2) : ['src', 'workers'];
const files = folders.flatMap((folder) =>
  readdirSync(folder, { recursive: true })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => path.join(folder, name)),
);

let count = 0;
let faults = 0;
for (const file of files) {
  for (const { line, source, flags } of expressionsIn(file)) {
    count++;
    const fault =
      source === undefined ? 'is made of more than constants of its own file' : faultOf(source, flags);
    if (!fault) continue;
    faults++;
    process.stdout.write(
      `${file}:${line} ${source === undefined ? 'a regular expression' : `/${source}/${flags}`} ${fault}\n`,
    );
  }
}
process.stdout.write(`${count} regular expressions in ${files.length} files, ${faults} with faults\n`);
if (faults > 0 || count === 0) process.exitCode = 1;

function faultOf(source, flags) {
  const result = checkSync(source, flags, { timeout: TIMEOUT });
  if (result.status === 'safe' || (result.status === 'unknown' && JUDGED.has(source))) return undefined;
  return result.status === 'vulnerable'
    ? `takes ${result.complexity.summary} time, as for ${result.attack.pattern}`
    : `cannot be judged: ${result.error.kind} ${result.error.message ?? ''}`;
}

/** The expressions of a file: literals, and calls of RegExp as far as constants of the file make them. */
function expressionsIn(file) {
  // The parser counts bytes, of all files that it has seen; a sign of our own says where this one begins.
  const code = `;${readFileSync(file, 'utf8').replace(/^#!/, '//')}`;
  const bytes = Buffer.from(code);
  const tree = parseSync(code, { syntax: 'typescript', tsx: file.endsWith('x'), target: 'esnext' });
  const lineOf = ({ start }) =>
    bytes
      .subarray(0, start - tree.span.start)
      .toString()
      .split('\n').length;
  const constants = new Map();
  const found = [];
  visit(tree);
  return found.map((find) => find());

  function visit(node) {
    if (typeof node !== 'object' || node === null) return;
    if (node.type === 'VariableDeclarator' && node.init && node.id.type === 'Identifier')
      constants.set(node.id.value, node.init);
    if (node.type === 'RegExpLiteral')
      found.push(() => ({ line: lineOf(node.span), source: node.pattern, flags: node.flags }));
    if (['NewExpression', 'CallExpression'].includes(node.type) && node.callee.value === 'RegExp') {
      const [source, flags] = (node.arguments ?? []).map(({ expression }) => expression);
      found.push(() => ({
        line: lineOf(node.span),
        source: textOf(source),
        flags: flags ? (textOf(flags) ?? '') : '',
      }));
    }
    Object.values(node).forEach(visit);
  }

  /** What an expression says, if it is made of literals and constants. */
  function textOf(node) {
    if (node?.type === 'StringLiteral') return runInNewContext(node.raw);
    if (node?.type === 'Identifier')
      return constants.has(node.value) ? textOf(constants.get(node.value)) : undefined;
    if (node?.type !== 'TemplateLiteral') return undefined;
    const parts = node.expressions.map(textOf);
    if (parts.includes(undefined)) return undefined;
    return node.quasis.map((quasi, n) => `${runInNewContext(`\`${quasi.raw}\``)}${parts[n] ?? ''}`).join('');
  }
}
