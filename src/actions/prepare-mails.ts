import type { Context } from '../context.ts';
import { hashToken } from '../crypto.ts';
import { storeCartLinks } from '../db/carts.ts';
import { inTransaction, type Tx } from '../db/database.ts';
import { gatherMails } from '../db/mail-content.ts';
import { type ClaimedMail, claimMails, endMails, storeContents } from '../db/mails.ts';
import type { MailContent } from '../domain/mail.ts';
import { emailCode } from './link-shopper.ts';

type Needs = Pick<Context, 'batchDb' | 'config' | 'keys' | 'now'>;

const DAY_MS = 86_400_000;

/** A mail, claimed, with what it says, who gets it, and the keys of its carts. */
export interface PreparedMail {
  id: string;
  attempts: number;
  content: MailContent;
  to: string;
  handle: string | null;
  /** In the first of these that is a language of ours. */
  locales: Array<string | null>;
  /** By the cart's id. */
  tokens: Map<string, string>;
}

/**
 * Claims those mails of the outbox that are due, and gathers what they say, all in one transaction. That is kept: a
 * mail that is sent once more is the same in every letter. Mails for which there is no need, or no address, end here.
 */
export async function prepareMails(context: Needs, mail_ids: string[]): Promise<PreparedMail[]> {
  return inTransaction(context.batchDb, async (tx) => {
    const claimed = await claimMails(tx, mail_ids);
    const [reachable, unreachable] = [
      claimed.filter(hasAddress),
      claimed.filter((mail) => !hasAddress(mail)),
    ];
    const fresh = reachable.filter((mail) => mail.content === null);
    const gathered = await gatherMails(tx, fresh);
    const idle = fresh.filter(({ id }) => !gathered.has(id));
    await endMails(tx, ids(unreachable), 'skipped', 'no e-mail address');
    await endMails(tx, ids(idle), 'skipped', 'nothing to say');
    // A code is worth a sign-in: it is never kept.
    await storeContents(tx, new Map([...gathered].filter(([, content]) => content.kind !== 'code')));
    const prepared: PreparedMail[] = [];
    for (const mail of reachable) {
      const kept = (mail.content as MailContent | null) ?? gathered.get(mail.id);
      if (kept) prepared.push(await prepare(tx, mail, kept, context));
    }
    const expires_at = new Date(context.now().getTime() + context.config.LINK_DAYS * DAY_MS);
    const links = prepared.flatMap(({ id, tokens }) =>
      [...tokens].map(([cart_id, token]) => ({
        token_hash: hashToken(token),
        cart_id,
        mail_id: id,
        expires_at,
      })),
    );
    await storeCartLinks(tx, links);
    return prepared;
  });
}

const ids = (mails: ClaimedMail[]): string[] => mails.map(({ id }) => id);

const hasAddress = (mail: ClaimedMail): mail is ClaimedMail & { to: string } => Boolean(mail.to);

async function prepare(
  tx: Tx,
  mail: ClaimedMail & { to: string },
  kept: MailContent,
  { keys }: Needs,
): Promise<PreparedMail> {
  const { id, attempts, to, handle, locales } = mail;
  const content: MailContent =
    kept.kind === 'code' ? { ...kept, code: await emailCode(tx, keys, mail.shopper_id as string) } : kept;
  const tokens = cartsIn(content).map(
    (cart_id) => [cart_id, keys.tokenFor('cart link', `mail ${id} cart ${cart_id}`)] as const,
  );
  return { id, attempts, content, to, handle, locales, tokens: new Map(tokens) };
}

function cartsIn(content: MailContent): string[] {
  if (content.kind === 'update') return content.cart ? [content.cart.id] : [];
  if (content.kind === 'links') return content.carts.map((cart) => cart.id);
  return [];
}
