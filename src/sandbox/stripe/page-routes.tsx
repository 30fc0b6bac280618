import { type Context, Hono } from 'hono';
import { accountState } from './account.ts';
import { savedFor } from './card.ts';
import { BankPage, DebitPage } from './page-bank.tsx';
import { CheckoutPage } from './page-checkout.tsx';
import { ClosedPage, NoticePage } from './page-notice.tsx';
import { sendPage } from './page-shell.tsx';
import { authenticate, type Outcome, pay } from './payment.ts';
import { demoForm, FIELDS, type Form, readPayment } from './payment-details.ts';
import { isUnderWay, settleDebit } from './payment-late.ts';
import { findSession, type SessionRecord } from './session.ts';
import { chooseShipping } from './session-shipping.ts';
import { addTax } from './session-tax.ts';
import type { Stand } from './stand.ts';

type Answer = Response | Promise<Response>;

/** The pages where people pay. */
export function makePages(stand: Stand): Hono {
  const pages = new Hono();
  const base = new URL(stand.publicUrl).pathname.replace(/\/$/, '');
  const common = (record: SessionRecord) => ({
    record,
    merchant: accountState(stand).name,
    action: `${base}/pay/${record.session.id}`,
    saved: savedFor(stand, record),
  });

  /** Finds an open session, after the form was read: meanwhile it may have been paid or expired. */
  const withOpen =
    (handle: (c: Context, record: SessionRecord, given: URLSearchParams) => Answer) =>
    async (c: Context): Promise<Response> => {
      const given = new URLSearchParams(await c.req.text());
      const record = findSession(stand, c.req.param('id') ?? '');
      if (!record) return sendPage(c, <NoticePage {...UNKNOWN} />, 404);
      if (record.session.status === 'open') return handle(c, record, given);
      return c.req.method === 'GET' && isUnderWay(stand, record)
        ? sendPage(c, <DebitPage {...common(record)} onward={onward(record.session)} />, 200, record.session)
        : showClosed(c, record.session);
    };

  const answerTo = (c: Context, record: SessionRecord, outcome: Outcome, form: Form): Answer => {
    switch (outcome.outcome) {
      case 'requires_action':
        return c.redirect(outcome.url, 303);
      case 'declined': {
        const page = <CheckoutPage {...common(record)} form={form} message={outcome.message} />;
        return sendPage(c, page, 402, record.session);
      }
      case 'closed':
        return showClosed(c, outcome.session);
      default:
        return c.redirect(onward(outcome.session), 303);
    }
  };

  /** With the tax of where the form says that the shopper is. */
  const taxed = (record: SessionRecord, form: Form): SessionRecord => addTax(stand, record, form.country);

  const backToForm = (c: Context, { session }: SessionRecord): Answer =>
    c.redirect(`${stand.publicUrl}/pay/${session.id}`, 303);

  pages.get(
    '/pay/:id',
    withOpen((c, record) =>
      sendPage(
        c,
        <CheckoutPage {...common(taxed(record, demoForm(record)))} form={demoForm(record)} />,
        200,
        record.session,
      ),
    ),
  );

  pages.post(
    '/pay/:id',
    withOpen(async (c, found, given) => {
      const form = Object.fromEntries(FIELDS.map((field) => [field, given.get(field) ?? ''])) as Form;
      const record = taxed(chooseShipping(found, form.shipping_rate), form);
      const read = readPayment(record, form, savedFor(stand, record));
      const again = (faults: Partial<Form>): Answer =>
        sendPage(c, <CheckoutPage {...common(record)} form={form} faults={faults} />, 422, record.session);
      if ('faults' in read) return again(read.faults);
      if (given.get('total') !== String(record.session.amount_total ?? 0))
        return again({ shipping_rate: NEW_TOTAL });
      return answerTo(c, record, await pay(stand, record, read.details), form);
    }),
  );

  pages.get(
    '/pay/:id/authenticate',
    withOpen((c, record) => {
      if (!record.waiting) return backToForm(c, record);
      const { action, saved: _, ...props } = common(record);
      return sendPage(c, <BankPage {...props} action={`${action}/authenticate`} />, 200, record.session);
    }),
  );

  pages.post(
    '/pay/:id/authenticate',
    withOpen(async (c, record, given) => {
      const outcome = await authenticate(stand, record, given.get('result') === 'complete');
      return outcome ? answerTo(c, record, outcome, demoForm(record)) : backToForm(c, record);
    }),
  );

  // The bank of who has paid by a debit decides days later; here whoever likes plays the bank.
  pages.post('/pay/:id/bank', async (c) => {
    const given = new URLSearchParams(await c.req.text());
    const record = findSession(stand, c.req.param('id'));
    if (!record) return sendPage(c, <NoticePage {...UNKNOWN} />, 404);
    settleDebit(stand, record, given.get('result') === 'pay' ? 'succeeded' : 'failed');
    return c.redirect(onward(record.session), 303);
  });

  return pages;
}

const NEW_TOTAL =
  'The total has changed with the shipping or the country. Check it, then press the button again.';

const UNKNOWN = {
  title: 'There is no such checkout',
  text: 'The address of this page is not complete, or not right.',
};

function showClosed(c: Context, session: SessionRecord['session']): Answer {
  const isForm = c.req.method === 'POST';
  // Pressed twice: the second time leads to the same end.
  if (isForm && session.status === 'complete') return c.redirect(onward(session), 303);
  return sendPage(c, <ClosedPage session={session} onward={onward(session)} />, isForm ? 409 : 200, session);
}

/** A session's success address with its id filled in. */
const onward = ({ success_url, id }: SessionRecord['session']): string =>
  (success_url ?? '').replaceAll('{CHECKOUT_SESSION_ID}', id);
