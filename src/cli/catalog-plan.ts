import type { Command } from 'commander';
import { type CatalogPlan, planCatalog } from '../actions/plan-catalog.ts';
import type { Change } from '../domain/catalog-changes.ts';
import { confirmOptions, fallText } from '../domain/price-falls.ts';
import { productPath } from '../domain/product-path.ts';
import { readSoundCatalog } from './catalog-faults.ts';
import { print, type Shell } from './shell.ts';

export function planCommand(catalog: Command, shell: Shell): void {
  catalog
    .command('plan')
    .argument('<file>', 'the catalog: a file, or a folder of files')
    .description('print what applying a catalog would change, and what hangs on it; changes nothing')
    .option('--json', 'print as JSON')
    .addHelpText('after', '\nExample:\n  replycart catalog plan catalog.yaml')
    .action(async (path: string, { json }: { json?: boolean }) => {
      const file = await readSoundCatalog(path);
      await using context = await shell.openContext();
      const plan = await planCatalog(context.db, file);
      const { PUBLIC_URL } = context.config;
      if (json) return print(JSON.stringify({ ...plan, pages: pagesOf(plan, PUBLIC_URL) }));
      for (const line of planLines(path, plan, PUBLIC_URL)) print(line);
    });
}

const SIGNS: Record<Change['kind'], string> = { added: '+', changed: '~', withdrawn: '-' };

/** The pages that products get, where those of others stay as they are. */
const pagesOf = ({ changes }: CatalogPlan, publicUrl: string): string[] =>
  changes.flatMap((change) => pageOf(change, publicUrl) ?? []);

/** The address of what is added: it can be had there without a reply, and pasted into a post. */
function pageOf({ kind, what, merchant_id, sku }: Change, publicUrl: string): string | undefined {
  if (kind !== 'added' || what !== 'product' || sku === undefined) return undefined;
  return `${publicUrl}${productPath(merchant_id, sku)}`;
}

function planLines(path: string, plan: CatalogPlan, publicUrl: string): string[] {
  const { version, changes, touched, falls, kept, rules } = plan;
  const lines = [version ? `${path} beside version ${version} of the catalog` : `${path}, the first catalog`];
  if (changes.length === 0) lines.push('nothing changes');
  for (const change of changes) {
    const { kind, what, merchant_id, sku, post_id, fields = [] } = change;
    const name = [merchant_id, sku, post_id].filter((part) => part !== undefined).join(' ');
    lines.push(`${SIGNS[kind]} ${what} ${name}${kind === 'withdrawn' ? ' (withdrawn)' : ''}`);
    for (const { key, before, after } of fields) lines.push(`    ${key}: ${show(before)} → ${show(after)}`);
    const page = pageOf(change, publicUrl);
    if (page) lines.push(`    page: ${page}`);
  }
  for (const { merchant_id, sku, carts, held, waiting } of touched)
    lines.push(
      `! ${merchant_id} ${sku}: in ${carts} open cart(s), ${held} piece(s) kept for carts, ${waiting} waited for`,
    );
  for (const fall of falls) lines.push(`! ${fallText(fall)}: a price that falls by more than half`);
  if (falls.length > 0) lines.push(`  apply it with: ${confirmOptions(falls)}`);
  for (const { post_id, replies } of kept)
    lines.push(
      `! post ${post_id}: ${replies} ${replies === 1 ? 'reply waits' : 'replies wait'} for this post`,
    );
  const { added, deleted, used, of, uncovered } = rules;
  lines.push(`stream rules: ${added.length} new, ${deleted.length} gone; ${used} of ${of} used`);
  for (const { tag, why, cost } of uncovered)
    lines.push(`  not delivered: ${tag}: ${why}${cost ? ` (${cost} more rule(s) would do)` : ''}`);
  return lines;
}

/** A value as the file says it; nothing where the file says nothing. */
const show = (value: unknown): string =>
  value === null ? '(nothing)' : typeof value === 'string' ? value : JSON.stringify(value);
