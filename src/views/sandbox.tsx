import { type Frame, Note, renderPage } from './page.tsx';
import { sandboxNav } from './sandbox-parts.tsx';
import type { Told } from './texts.ts';

/** The sandbox's pages, in English: they are for whoever tries Replycart out. */

interface Post {
  id: string;
  text: string;
  created_at: string;
  author: { id: string; username: string; name: string };
}

export interface Thread {
  post: Post;
  /** What the post offers. */
  products: string[];
  replies: Array<{ post: Post; outcome: Told | undefined }>;
}

interface Account {
  id: string;
  username: string;
  name: string;
}

export interface TimelineProps {
  threads: Thread[];
  shoppers: Account[];
  /** Who the browser is signed in as. */
  account: Account | undefined;
  problem: string | undefined;
}

const PROBLEMS: Record<string, string> = {
  name: 'That name cannot be had: 1 to 15 letters, digits or underscores, and nobody else’s.',
  account: 'Choose who you are first.',
  text: 'X does not take that text.',
};

export function timelinePage(frame: Frame, { threads, shoppers, account, problem }: TimelineProps): string {
  return renderPage({
    frame,
    wide: true,
    nav: sandboxNav,
    title: 'Sandbox',
    children: (
      <div class="columns">
        <aside>
          <Accounts shoppers={shoppers} account={account} />
          <Guide />
        </aside>
        <section aria-labelledby="timeline">
          <h1 id="timeline">Timeline</h1>
          {problem && <Note kind="bad">{PROBLEMS[problem] ?? 'That did not work.'}</Note>}
          {threads.length === 0 && <p>Nobody has posted anything yet.</p>}
          {threads.map((thread) => (
            <ThreadCard thread={thread} account={account} frame={frame} />
          ))}
        </section>
      </div>
    ),
  });
}

function ThreadCard({
  thread,
  account,
  frame,
}: {
  thread: Thread;
  account: Account | undefined;
  frame: Frame;
}) {
  const { post, replies } = thread;
  return (
    <article class="card post" id={`p${post.id}`}>
      <PostText post={post} />
      {replies.length > 0 && (
        <ul class="replies">
          {replies.map(({ post: reply, outcome }) => (
            <li>
              <PostText post={reply} />
              <OutcomeLine outcome={outcome} tagged={/[#＃]/.test(reply.text)} frame={frame} />
            </li>
          ))}
        </ul>
      )}
      <form method="post" action="/sandbox/reply" class="reply">
        <input type="hidden" name="post" value={post.id} />
        <label>
          <span class="hidden">Reply to @{post.author.username}</span>
          <textarea
            name="text"
            rows={1}
            placeholder={account ? `Reply as @${account.username}` : 'Choose who you are first'}
            required
          />
        </label>
        <button type="submit" disabled={!account}>
          Reply
        </button>
      </form>
    </article>
  );
}

function PostText({ post }: { post: Post }) {
  return (
    <>
      <header class="who">
        <span class={`face hue-${Number(post.author.id.slice(-2)) % 6}`} aria-hidden="true">
          {post.author.name.slice(0, 1)}
        </span>
        <strong>{post.author.name}</strong> <span class="soft">@{post.author.username}</span>
      </header>
      <p class="text">{withLinks(post.text)}</p>
    </>
  );
}

/** Hashtags in colour, addresses as links: as X shows them. Everything else is text. */
function withLinks(text: string) {
  return text.split(/(https?:\/\/[^\s]+|[#＃@][\p{L}\p{N}_]+)/u).map((part) => {
    if (/^https?:/.test(part)) return <a href={part}>{part.replace(/^https?:\/\//, '')}</a>;
    return /^[#＃@]/.test(part) ? <span class="entity">{part}</span> : part;
  });
}

/** What our books say became of a reply. X shows nothing of this. */
function OutcomeLine({
  outcome,
  tagged,
  frame,
}: {
  outcome: Told | undefined;
  tagged: boolean;
  frame: Frame;
}) {
  if (!outcome)
    return tagged ? (
      <p class="outcome soft" aria-busy="true">
        Replycart is reading …
      </p>
    ) : null;
  const name = [outcome.outcome, outcome.reason].filter(Boolean).join(': ');
  const tone = ['added', 'set', 'removed'].includes(outcome.outcome)
    ? 'good'
    : outcome.outcome === 'failed'
      ? 'bad'
      : 'warn';
  return (
    <p class="outcome">
      <span class={`tag ${tone}`}>{name}</span> <span class="soft">{frame.texts.outcome(outcome)}</span>
    </p>
  );
}

function Accounts({ shoppers, account }: Pick<TimelineProps, 'shoppers' | 'account'>) {
  return (
    <form method="post" action="/sandbox/account" class="card">
      <fieldset>
        <legend>
          <h2>Who are you?</h2>
        </legend>
        {shoppers.map((shopper) => (
          <label>
            <input
              type="radio"
              name="account"
              value={shopper.id}
              checked={shopper.id === account?.id}
              required
            />
            {shopper.name} <span class="soft">@{shopper.username}</span>
          </label>
        ))}
        <label>
          <input type="radio" name="account" value="new" required />
          Somebody new
        </label>
        <label>
          <span class="small">Handle of somebody new</span>
          <input type="text" name="username" maxlength={15} pattern="\w{1,15}" autocomplete="off" />
        </label>
      </fieldset>
      <button type="submit">{account ? 'Change' : 'Be this person'}</button>
    </form>
  );
}

function Guide() {
  return (
    <div class="card small">
      <h2>What this is</h2>
      <p>
        The timeline is X, as a shopper sees it, with one addition: under each reply, what Replycart made of
        it. <a href="/sandbox/mail">Mail</a> is everybody’s mailbox. X, Stripe and the mail server are
        stand-ins on this machine; everything else is the real thing.
      </p>
      <p>
        Staff sign in at <a href="/support">Support</a> as <code>agent@replycart.example</code> with the
        password <code>sandbox</code>. The till of Kiln &amp; Clay signs in there, too, as{' '}
        <code>till@kilnandclay.example</code>, and takes the codes of its evenings.
      </p>
    </div>
  );
}
