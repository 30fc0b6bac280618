import type Stripe from 'stripe';
import { Shell } from './page-shell.tsx';

/** What stands where there is nothing to pay (any more). */
export function NoticePage({
  title,
  text,
  link,
}: {
  title: string;
  text: string;
  link?: { href: string; words: string };
}) {
  return (
    <Shell title={title}>
      <main class="card">
        <h1>{title}</h1>
        <p>{text}</p>
        {link && (
          <p>
            <a href={link.href}>{link.words}</a>
          </p>
        )}
      </main>
    </Shell>
  );
}

/** Says of a session that is not open what became of it. @param onward its success address, filled in */
export function ClosedPage({ session, onward }: { session: Stripe.Checkout.Session; onward: string }) {
  if (session.status === 'complete')
    return (
      <NoticePage
        title="This order is placed"
        text="You have already completed this checkout: there is nothing left to do here."
        link={{ href: onward, words: 'See your order' }}
      />
    );
  return (
    <NoticePage
      title="This checkout has expired"
      text="Its time is over, or the shop has closed it. You have not been charged."
      {...(session.cancel_url ? { link: { href: session.cancel_url, words: 'Back to the shop' } } : {})}
    />
  );
}
