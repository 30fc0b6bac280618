import type { Command } from 'commander';
import { ZodError } from 'zod';
import { askAbove } from '../actions/ask-above.ts';
import { knownAbove } from '../actions/known-above.ts';
import { settleReplies } from '../actions/settle-replies.ts';
import type { Context } from '../context.ts';
import { readReplyCase, readReplyPrices } from '../db/support-case.ts';
import type { Catalog } from '../domain/catalog.ts';
import { priceText } from '../domain/currency.ts';
import { type Explanation, explain } from '../domain/explain.ts';
import type { KnownPost } from '../domain/match.ts';
import { PermanentError } from '../errors.ts';
import { queueMails } from '../queue.ts';
import { whyPrice } from '../views/support-texts.ts';
import { en } from '../views/texts/en.ts';
import { readMessage } from '../x/payload.ts';
import { reconcileCommand } from './reconcile.ts';
import { print, type Shell } from './shell.ts';

export function replyCommands(program: Command, shell: Shell): void {
  const replies = program
    .command('replies')
    .description('see why a reply became what it became, and run it again');
  replies
    .command('show')
    .argument('<post-id>')
    .description('what X delivered, and what became of it')
    .option('--json', 'print as JSON')
    .addHelpText('after', '\nExample:\n  replycart replies show 2092000000000000000')
    .action(async (post_id: string, { json }: { json?: boolean }) => {
      await using context = await shell.openContext();
      const found = await readReplyCase(context.db, idOf(post_id));
      if (!found) throw new PermanentError(`X has delivered no post ${post_id}`);
      const { reply, outcomes } = found;
      const prices = await readReplyPrices(context.db, idOf(post_id));
      const catalog = await context.catalog();
      const explanation = reply && catalog ? await explained(context, reply.body, catalog) : undefined;
      if (json) return print(JSON.stringify({ ...found, explanation, prices }));
      print(
        reply
          ? `received ${reply.received_at.toISOString()} by ${reply.source}`
          : 'the text is not kept any more',
      );
      if (reply) print(JSON.stringify(reply.body));
      if (explanation) print(inLines(explanation));
      for (const { sku, currency, at_reply, now, ...line } of prices)
        print(
          `price     ${sku}: ${priceText(at_reply, currency)} ${currency} then, ${priceText(now, currency)} now: ${whyPrice(line)}`,
        );
      if (outcomes.length === 0) print('no outcome yet');
      for (const row of outcomes) {
        const name = [row.outcome, row.reason].filter(Boolean).join(': ');
        const among = row.detail.among ?? [];
        print(
          `${row.decided_at.toISOString()} ${name}\n  ${en.outcome({ ...row, among })}\n  ${JSON.stringify(row.detail)}`,
        );
      }
    });
  replies
    .command('replay')
    .argument('<post-id>')
    .description('settle a reply again, unless it has changed a cart already')
    .option('--json', 'print as JSON')
    .addHelpText(
      'after',
      '\nExample: after a fault was cured\n  replycart replies replay 2092000000000000000',
    )
    .action(async (post_id: string, { json }: { json?: boolean }) => {
      await using context = await shell.openContext();
      const id = idOf(post_id);
      const unknown = await askAbove(context, [id]).catch(() => 'x_unavailable' as const);
      const mail_ids = await settleReplies(context, [id], true, { unknown });
      await queueMails(context, mail_ids);
      const newest = (await readReplyCase(context.db, id))?.outcomes.at(-1);
      if (!newest)
        throw new PermanentError(`X has delivered no post ${post_id}, or its text is not kept any more`);
      const { outcome, reason, detail } = newest;
      print(
        json
          ? JSON.stringify({ post_id: id, outcome, reason, detail })
          : [outcome, reason].filter(Boolean).join(': '),
      );
    });
  reconcileCommand(replies, shell);
}

/** How a stored reply is read; `undefined` where X delivered something that is no post as we know them. */
async function explained({ db }: Context, body: unknown, catalog: Catalog): Promise<Explanation | undefined> {
  try {
    const post = readMessage(body);
    const known = new Map<string, KnownPost>();
    await knownAbove(db, [post], catalog, known);
    return explain(post, catalog, known);
  } catch (error) {
    if (error instanceof ZodError) return undefined;
    throw error;
  }
}

/** An explanation as staff read it: a line for each step. */
function inLines({ text, tag, action, merchant, product, found_by, words, rule }: Explanation): string {
  const read = words.map((each) =>
    [JSON.stringify(each.text), each.as, each.value].filter((part) => part !== undefined).join(' '),
  );
  return [
    `read as   ${text}`,
    `hashtag   ${tag === undefined ? 'none fired' : `#${tag}: ${action}`}`,
    `product   ${product ? `${merchant} ${product.sku}, ${product.title}; found by ${found_by}` : 'none'}`,
    `words     ${read.join('; ') || 'none that tell anything'}`,
    `rule      ${rule}`,
  ].join('\n');
}

/** A post's id, also out of its address. */
export function idOf(text: string): string {
  const id = /(?:^|\/status\/)([1-9]\d{0,18})(?:\D|$)/.exec(text)?.[1];
  if (!id) throw new PermanentError(`${text} is no post id: write its number, or its address on X`);
  return id;
}
