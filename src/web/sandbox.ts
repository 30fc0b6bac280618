import { Hono, type Context as Request } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { z } from 'zod';
import type { Context } from '../context.ts';
import { outcomesOf } from '../db/replies.ts';
import { type Thread, timelinePage } from '../views/sandbox.tsx';
import { type InboxProps, inboxPage, mailPage } from '../views/sandbox-mail.tsx';
import { readForm } from './forms.ts';
import { frameOf } from './frame.ts';
import { type ReceivedMail, type StandIns, standInClient, type XPost, type XUser } from './stand-ins.ts';

/** The account that the browser is signed in to X with; the stand-in's consent page reads it, too. */
const ACCOUNT = 'x_account';
/** While a reply of the visitor's has no outcome, the page looks again after so many seconds. */
const LOOK_AGAIN = '1';
const PENDING_MS = 60_000;

const reply = z.object({ post: z.string().regex(/^\d{1,19}$/), text: z.string().trim().min(1).max(4000) });
const username = z.string().regex(/^\w{1,15}$/);

/** The sandbox's own pages: a timeline to reply on, and the mails that come of it. */
export function sandboxRoutes(context: Context, standIns: StandIns): Hono {
  const client = standInClient(standIns);
  const app = new Hono();
  return app
    .get('/sandbox', async (c) => {
      const users = await client.users();
      const posts = (await client.posts()).filter((post) => post.current && !post.deleted);
      const outcomes = await outcomesOf(
        context.db,
        posts.map((post) => post.id),
      );
      const threads = threadsOf(posts, await productPosts(context), outcomes);
      const account = accountOf(c, users);
      if (threads.some((thread) => isPending(thread, account?.id)))
        c.header('refresh', `${LOOK_AGAIN}; url=${lookAgain(c)}`);
      const merchants = new Set(posts.filter((post) => post.reply_to === null).map((post) => post.author.id));
      const shoppers = users.filter((user) => !merchants.has(user.id));
      return c.html(
        timelinePage(frameOf(context, c), {
          threads,
          shoppers,
          account,
          problem: c.req.query('problem'),
        }),
      );
    })
    .post('/sandbox/account', async (c) => {
      const form = await readForm(
        c,
        z.object({ account: z.string(), username: z.string().trim().optional() }),
      );
      const wanted = username.safeParse(form?.username).data;
      const made = wanted
        ? await client.addUser({ username: wanted, name: wanted, email: `${wanted}@mail.example` })
        : undefined;
      if (form?.account === 'new' && !made) return c.redirect('/sandbox?problem=name', 303);
      signIn(c, made?.id ?? form?.account ?? '');
      return c.redirect('/sandbox', 303);
    })
    .post('/sandbox/reply', async (c) => {
      const account = accountOf(c, await client.users());
      const form = await readForm(c, reply);
      if (!account || !form) return c.redirect(`/sandbox?problem=${account ? 'text' : 'account'}`, 303);
      const written = await client.write({ author: account.id, text: form.text, reply_to: form.post });
      return c.redirect(written ? timelineAt(form.post) : '/sandbox?problem=text', 303);
    })
    .get('/sandbox/mail', async (c) => {
      const mails = await client.mails();
      const to = c.req.query('to');
      const addresses = [...new Set(mails.flatMap((mail) => mail.to))].sort();
      const shown: InboxProps = { mails: mails.filter((mail) => !to || mail.to.includes(to)), addresses, to };
      return c.html(inboxPage(frameOf(context, c), shown));
    })
    .get('/sandbox/mail/:id', async (c) => {
      const mail = await findMail(c, client);
      return mail ? c.html(mailPage(frameOf(context, c), mail)) : c.notFound();
    })
    .get('/sandbox/x/i/status/:id', (c) => c.redirect(timelineAt(c.req.param('id'))))
    .get('/sandbox/x/:username', (c) => c.redirect('/sandbox'));
}

const timelineAt = (post_id: string): string => `/sandbox?at=${post_id}#p${post_id}`;

/** Where the page is to be loaded anew: at an address that differs, or a browser only scrolls to the post. */
function lookAgain(c: Request): string {
  const at = /^\d{1,19}$/.exec(c.req.query('at') ?? '')?.[0];
  const look = Number(c.req.query('look') ?? 0) + 1 || 1;
  return at ? `/sandbox?at=${at}&look=${look}#p${at}` : `/sandbox?look=${look}`;
}

/**
 * Pages of the stand-ins, under the product's own address so that a phone reaches one port: X's consent page,
 * Stripe's payment page, and a mail's HTML. They bring their own headers, as the real ones do.
 */
export function standInPages(standIns: StandIns): Hono {
  const client = standInClient(standIns);
  return new Hono()
    .all('/sandbox/x/i/oauth2/*', (c) => passOn(c, standIns.x, '/sandbox/x'))
    .all('/sandbox/stripe/pay/*', (c) => passOn(c, standIns.stripe, '/sandbox/stripe'))
    .all('/sandbox/stripe/onboarding/*', (c) => passOn(c, standIns.stripe, '/sandbox/stripe'))
    .get('/sandbox/mail/:id/html', async (c) => {
      const mail = await findMail(c, client);
      if (!mail) return c.notFound();
      // In a frame of the inbox: links have to leave it, nothing may run, nothing may be loaded.
      c.header(
        'content-security-policy',
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; base-uri 'self'",
      );
      return c.html(mail.html.replace('<head>', '<head><base target="_top">'));
    });
}

const PASSED = ['content-type', 'cookie', 'accept-language', 'accept'];
const RETURNED = [
  'content-type',
  'location',
  'content-security-policy',
  'cache-control',
  'set-cookie',
  'refresh',
  'x-frame-options',
  'referrer-policy',
];

async function passOn(c: Request, target: string, prefix: string): Promise<Response> {
  const { pathname, search } = new URL(c.req.url);
  const headers = Object.fromEntries(
    PASSED.flatMap((name) => (c.req.header(name) ? [[name, c.req.header(name) as string]] : [])),
  );
  const body = ['GET', 'HEAD'].includes(c.req.method) ? undefined : await c.req.arrayBuffer();
  const answer = await fetch(`${target}${pathname.slice(prefix.length)}${search}`, {
    method: c.req.method,
    headers,
    body,
    redirect: 'manual',
  });
  const returned = RETURNED.flatMap(
    (name): Array<[string, string]> =>
      answer.headers.has(name) ? [[name, answer.headers.get(name) as string]] : [],
  );
  return new Response(answer.body, { status: answer.status, headers: returned });
}

function accountOf(c: Request, users: XUser[]): XUser | undefined {
  const id = getCookie(c, ACCOUNT);
  return users.find((user) => user.id === id);
}

function signIn(c: Request, id: string): void {
  setCookie(c, ACCOUNT, id, { path: '/sandbox', httpOnly: true, sameSite: 'Lax' });
}

async function findMail(
  c: Request,
  client: ReturnType<typeof standInClient>,
): Promise<ReceivedMail | undefined> {
  return (await client.mails()).find((mail) => mail.id === c.req.param('id'));
}

async function productPosts({ catalog }: Context): Promise<Map<string, string[]>> {
  const current = await catalog();
  return new Map(
    [...(current?.offers ?? [])].map(([id, products]) => [id, products.map((product) => product.title)]),
  );
}

/** Posts that begin a conversation, the newest first, each with what was said below it, the oldest first. */
function threadsOf(
  posts: XPost[],
  products: Map<string, string[]>,
  outcomes: Awaited<ReturnType<typeof outcomesOf>>,
): Thread[] {
  const roots = posts
    .filter((post) => post.reply_to === null)
    .sort((a, b) => b.created_at.localeCompare(a.created_at));
  return roots.map((post) => ({
    post,
    products: products.get(post.id) ?? [],
    replies: posts
      .filter((each) => each.reply_to !== null && each.conversation_id === post.id)
      .sort((a, b) => a.created_at.localeCompare(b.created_at))
      .map((each) => ({ post: each, outcome: outcomes.get(each.id) })),
  }));
}

/** Whether the visitor waits for what becomes of a reply. Others' replies are no reason to take a page from under their hands. */
const isPending = ({ replies }: Thread, account_id: string | undefined): boolean =>
  replies.some(
    ({ post, outcome }) =>
      !outcome &&
      post.author.id === account_id &&
      /[#＃]/.test(post.text) &&
      Date.now() - Date.parse(post.created_at) < PENDING_MS,
  );
