import { type Command, InvalidArgumentError, Option } from 'commander';
import { endWebhook, OVERLAP_HOURS, rotateWebhook, setWebhook } from '../actions/merchant-webhook.ts';
import { requireMerchant } from '../db/merchants.ts';
import { findEndpoint, messagesOf, replayMessages } from '../db/webhooks.ts';
import { PermanentError } from '../errors.ts';
import { print, type Shell } from './shell.ts';

interface WebhookOptions {
  rotate?: boolean;
  off?: boolean;
  json?: boolean;
}

/** Where merchants' own programs hear of orders, what they were told, and telling it again. */
export function merchantWebhookCommands(merchants: Command, shell: Shell): void {
  const by = `${shell.user} (shell)`;
  merchants
    .command('webhook')
    .argument('<merchant>', 'the catalog’s id of the merchant')
    .argument('[url]', 'where its program listens, https://…; without it the present address is shown')
    .description('tell a merchant’s program of orders; the secret that signs is printed once')
    .option('--rotate', `print a new secret; the old one signs, too, for ${OVERLAP_HOURS} hours`)
    .option('--off', 'tell it nothing any more')
    .option('--json', 'print as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  replycart merchants webhook shop https://shop.example/hooks/orders\n  replycart merchants webhook shop --rotate',
    )
    .action(async (merchant: string, url: string | undefined, { rotate, off, json }: WebhookOptions) => {
      if (off && (url || rotate)) throw new PermanentError('--off goes with nothing else');
      await using context = await shell.openContext();
      if (off) {
        await endWebhook(context, merchant, by);
        return print(json ? JSON.stringify({ merchant, url: null }) : `${merchant} is told nothing any more`);
      }
      await requireMerchant(context.db, merchant);
      const set = url === undefined ? {} : await setWebhook(context, merchant, url, by);
      const { secret } = rotate ? await rotateWebhook(context, merchant, by) : set;
      const endpoint = await findEndpoint(context.db, merchant);
      if (json) return print(JSON.stringify({ merchant, url: endpoint?.url ?? null, secret }));
      print(endpoint ? `${merchant} is told at ${endpoint.url}` : `${merchant} has no webhook`);
      if (secret) print(`its secret, which is not shown again: ${secret}`);
    });
  merchants
    .command('deliveries')
    .argument('<merchant>', 'the catalog’s id of the merchant')
    .description('what a merchant’s program was told lately, and what it answered; the newest first')
    .addOption(new Option('--status <status>', 'only these').choices(['pending', 'delivered', 'failed']))
    .option('--limit <number>', 'so many at most', number, 50)
    .option('--json', 'print as JSON')
    .addHelpText('after', '\nExample:\n  replycart merchants deliveries shop --status failed')
    .action(
      async (
        merchant: string,
        given: { status?: 'pending' | 'delivered' | 'failed'; limit: number; json?: boolean },
      ) => {
        await using context = await shell.openContext();
        await requireMerchant(context.db, merchant);
        const messages = await messagesOf(context.db, merchant, given);
        if (given.json) return print(JSON.stringify(messages));
        for (const { id, event, order_id, status, attempts, created_at, due_at, error } of messages) {
          const next = status === 'pending' && attempts > 0 ? `, next ${due_at.toISOString()}` : '';
          print(
            `msg_${id} ${created_at.toISOString()} ${event} of order ${order_id}: ${status}, ${attempts} attempt(s)${next}${error ? `, ${error}` : ''}`,
          );
        }
      },
    );
  merchants
    .command('replay')
    .argument('<merchant>', 'the catalog’s id of the merchant')
    .description('send a merchant’s program messages once more, under the ids that they had')
    .option('--message <id>', 'this one, as msg_12', message)
    .option('--failed', 'those that were given up')
    .option('--since <time>', 'those written since then, as 2026-11-22T12:00:00Z', time)
    .option('--json', 'print as JSON')
    .addHelpText('after', '\nExample:\n  replycart merchants replay shop --failed')
    .action(
      async (
        merchant: string,
        given: { message?: string; failed?: boolean; since?: Date; json?: boolean },
      ) => {
        const { message: id, failed, since, json } = given;
        if (!id && !failed && !since) throw new PermanentError('say which: --message, --failed or --since');
        await using context = await shell.openContext();
        await requireMerchant(context.db, merchant);
        const count = await replayMessages(context.db, merchant, { id, failed, since });
        print(json ? JSON.stringify({ merchant, replayed: count }) : `${count} message(s) are sent again`);
      },
    );
}

/** @throws InvalidArgumentError */
function number(text: string): number {
  if (/^[1-9]\d{0,4}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('write a whole number');
}

/** @throws InvalidArgumentError */
function message(text: string): string {
  const id = /^(?:msg_)?([1-9]\d{0,17})$/.exec(text)?.[1];
  if (id) return id;
  throw new InvalidArgumentError('write it as msg_12');
}

/** @throws InvalidArgumentError */
function time(text: string): Date {
  const date = new Date(text);
  if (/^\d{4}-\d\d-\d\d/.test(text) && !Number.isNaN(date.getTime())) return date;
  throw new InvalidArgumentError('write a time as 2026-11-22T12:00:00Z');
}
