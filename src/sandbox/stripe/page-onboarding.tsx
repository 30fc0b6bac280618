import { type Context, Hono } from 'hono';
import { type ConnectedRecord, type Progress, setProgress } from './connected.ts';
import type { AccountLink } from './connected-api.ts';
import { NoticePage } from './page-notice.tsx';
import { Shell, sendPage } from './page-shell.tsx';
import { type Stand, unixTime } from './stand.ts';

const PROGRESS: Record<string, Progress> = {
  complete: 'complete',
  checking: 'checking',
  unfinished: 'unfinished',
};

/** The pages where a merchant answers Stripe's questions. */
export function makeOnboarding(stand: Stand): Hono {
  const { store, clock } = stand;
  const base = new URL(stand.publicUrl).pathname.replace(/\/$/, '');
  const find = (c: Context): [string, AccountLink | undefined] => {
    const token = c.req.param('token') ?? '';
    return [token, store.accountLinks.get(token)];
  };
  const isOver = ({ expires_at }: AccountLink): boolean => expires_at <= unixTime(clock);
  const unknown = (c: Context) =>
    sendPage(c, <NoticePage title="There is no such link" text="Its address is not complete." />, 404);
  return new Hono()
    .get('/onboarding/:token', (c) => {
      const [token, link] = find(c);
      if (!link) return unknown(c);
      const record = store.connected.get(link.account);
      if (link.opened || isOver(link) || !record) return c.redirect(link.refresh_url, 303);
      store.accountLinks.set(token, { ...link, opened: true });
      const page = <OnboardingPage record={record} action={`${base}/onboarding/${token}`} />;
      return sendPage(c, page, 200, { success_url: link.return_url, cancel_url: link.refresh_url });
    })
    .post('/onboarding/:token', async (c) => {
      const [, link] = find(c);
      const record = link && store.connected.get(link.account);
      if (!link || !record) return unknown(c);
      const answer = PROGRESS[new URLSearchParams(await c.req.text()).get('result') ?? ''];
      if (answer && !record.gone) setProgress(stand, record, answer);
      return c.redirect(link.return_url, 303);
    });
}

function OnboardingPage({ record: { account }, action }: { record: ConnectedRecord; action: string }) {
  return (
    <Shell title="Set up your account">
      <main class="card">
        <h1>Stripe wants to know who you are</h1>
        <p>
          The account {account.id} in {account.country} is to be paid to. Real questions are about you, your
          business and your bank account.
        </p>
        <form method="post" action={action}>
          <button type="submit" name="result" value="complete">
            Answer everything
          </button>
          <button type="submit" name="result" value="checking" class="other">
            Answer everything, and let Stripe check it for a while
          </button>
          <button type="submit" name="result" value="unfinished" class="other">
            Leave it unfinished
          </button>
        </form>
      </main>
    </Shell>
  );
}
