import { expect, test } from '@jest/globals';
import { dueMails } from '../src/db/mails.ts';
import { writeMail } from '../src/views/mails.ts';
import { renderMail } from '../src/views/render-mail.ts';
import { languages, type Texts } from '../src/views/texts.ts';
import { webApp } from '../src/web/server.ts';
import { giveRefund } from '../workers/give-refund.ts';
import { recordPayment } from '../workers/record-payment.ts';
import { sendMails } from '../workers/send-mails.ts';
import { aReply, POST } from './harness/builders.ts';
import { aCart, type Held } from './harness/carts.ts';
import { mailSamples, plainNames } from './harness/mail-samples.ts';
import { aShopper, deliver } from './harness/replies.ts';
import { aShop } from './harness/shop.ts';
import { setStock } from './harness/stock.ts';
import { englishPhrases } from './harness/texts.ts';
import type { Visitor } from './harness/visitor.ts';

const shop = await aShop();
const { context } = shop;
const { db, config } = context;
const at = (path: string): string => `${config.PUBLIC_URL}${path}`;
const others = Object.values(languages).filter(({ language }) => language !== 'en');

/** What people see or hear of a page, piece by piece. */
function pieces(html: string): string[] {
  const attributes = [...html.matchAll(/\b(?:aria-label|alt|placeholder|title)="([^"]*)"/g)];
  const texts = html.replace(/<(style|script)[\s\S]*?<\/\1>/g, '').split(/<[^>]*>/);
  return [...texts, ...attributes.map(([, text = '']) => text)]
    .map((piece) => piece.replace(/\s+/g, ' ').trim())
    .filter((piece) => /\p{L}/u.test(piece));
}

/** Time zones have one name in all languages. */
const ZONES = new Set(
  Intl.supportedValuesOf('timeZone').map((zone) =>
    zone
      .replace(/^\w+\//, '')
      .replaceAll('_', ' ')
      .replaceAll('/', ', '),
  ),
);

const english = (text: string): string[] => englishPhrases.filter((phrase) => text.includes(phrase));

/** What carts, products and merchants are called, and words that are the same in two languages. */
const NAMES =
  /^(Reply|cart|English|Español|Italiano|Acme Stoneware|(Stoneware mug|Sticker|Logo T-shirt|Pottery at home \(e-book\))( · Replycart)?|Hoodie|Canvas shoe|Coffee pack|Desk lamp|Poster|Winter cap|color|size|RED|BLUE|BLACK|S|M|L|XL|@?shop|help@shop\.example|12 Kiln Lane.*|, 12 Kiln Lane.*|30 days, unused|(Total: )?\$[0-9.]+ USD|Total|Privacy|Sandbox|(RED|BLUE|BLACK), (S|M|L|XL) · \$24\.00|Privacy · Replycart|\d × (Sticker|Stoneware mug|Pottery.*))$/;

/** Presses the button that pays, and pays. @returns the session's id */
async function pays(visitor: Visitor, { path }: Held): Promise<string> {
  await visitor.open(at(path));
  await visitor.submit('/checkout');
  const id = /cs_test_\w+/.exec(visitor.url)?.[0] as string;
  await shop.control(shop.stripe, `/sessions/${id}/pay`, {});
  return id;
}

/** Every page that shoppers meet, as somebody sees it whose browser speaks a language. */
async function allPages(language: string): Promise<Map<string, string>> {
  const visitor = shop.visitor(`${language}-XX, de;q=0.2`);
  const seen = new Map<string, string>();
  const sees = async (name: string, page: Promise<Visitor>): Promise<void> => {
    seen.set(name, (await page).html);
  };
  for (const path of [
    '/link',
    '/cart',
    '/cart?done',
    '/privacy',
    '/terms',
    '/m/shop',
    '/p/shop/TEE',
    '/nowhere',
    '/c/old',
  ])
    await sees(path, visitor.open(at(path)));
  await sees('refused at X', visitor.open(at('/link/callback?error=access_denied')));
  await sees('failed at X', visitor.open(at('/link/callback?code=a&state=b')));
  await sees('forbidden', visitor.open(at('/cart'), { method: 'POST', body: new URLSearchParams() }));
  const broken = webApp({ ...context, catalog: () => Promise.reject(new Error('a fault on purpose')) });
  const failing = await broken.request(at('/m/shop'), { headers: { 'accept-language': language } });
  seen.set('error', await failing.text());
  const real = webApp({ ...context, config: { ...config, sandbox: false } });
  seen.set('home', await (await real.request(at('/'), { headers: { 'accept-language': language } })).text());

  const account = String(6_300_000_000_000_000_000n + BigInt(Object.keys(languages).indexOf(language)));
  await shop.control(shop.x, '/users', { id: account, username: `speaks_${language}`, name: 'N' });
  await (await visitor.open(at('/link'))).submit('/link');
  await visitor.submit('authorize', { account, decision: 'authorize' });
  await sees('email', Promise.resolve(visitor));
  await sees('no email', visitor.submit('/link/email', { email: 'none' }));
  const email = `${language}@mail.example`;
  await sees('code', visitor.submit('/link/email', { email }));
  await sees('wrong code', visitor.submit('/link/code', { code: 'none' }));
  await sees('me without anything', visitor.open(at('/me')));
  await deliver(context, aReply({ author: account, to: POST.tee }));
  await sees('me with a question', visitor.open(at('/me')));
  await deliver(context, aReply({ author: account, to: POST.sticker }));
  await sees('me', visitor.open(at('/me')));

  await setStock(context, 'STICKER', 2);
  const rich = await aCart(shop, [{ to: POST.sticker, text: '#AddToCart x2' }, { to: POST.tee }, {}]);
  await deliver(context, aReply({ author: rich.shopper_id, text: '#AddToCart x4' }));
  const waits = await aCart(shop, [{ to: POST.sticker }, { to: POST.ebook }]);
  await db.updateTable('cart_lines').set({ price: 100 }).where('cart_id', '=', rich.cart_id).execute();
  await sees('cart', visitor.open(at(rich.path)));
  await sees('waiting', visitor.open(at(waits.path)));
  await visitor.open(at(rich.path));
  await sees('limit', visitor.submit('/items', { sku: 'MUG', quantity: '99' }));
  await sees('no more', visitor.submit('/items', { sku: 'STICKER', quantity: '9' }));
  await sees('changed', visitor.submit('/checkout', { total: '1' }));
  await db.updateTable('products').set({ paused: true }).where('sku', '=', 'MUG').execute();
  await sees('blocked', visitor.open(at(rich.path)));
  await db.updateTable('products').set({ paused: false }).where('sku', '=', 'MUG').execute();
  await sees('not for sale', visitor.open(at(waits.path)));
  await visitor.submit('/waiting', { sku: 'STICKER' });
  await visitor.submit('/items', { sku: 'EBOOK', quantity: '0' });
  await sees('empty', visitor.open(at(waits.path)));

  const paid = await aCart(shop, [{ to: POST.ebook }]);
  const session_id = await pays(visitor, paid);
  await sees('being paid', visitor.open(at(`${paid.path}?session=${session_id}`)));
  await recordPayment(context, { session_id });
  await sees('paid', visitor.open(at(`${paid.path}?session=${session_id}`)));
  await setStock(context, 'STICKER', 1, 'first_paid');
  const late = await aCart(shop, [{ to: POST.sticker }]);
  const late_id = await pays(visitor, late);
  await db.updateTable('variants').set({ stock: 0 }).where('sku', '=', 'STICKER').execute();
  await recordPayment(context, { session_id: late_id });
  for (const { id } of await db.selectFrom('refunds').select('id').where('status', '=', 'due').execute())
    await giveRefund(context, { refund_id: id });
  await sees('given back', visitor.open(at(`${late.path}?session=${late_id}`)));
  return seen;
}

test('every page is in the language that the browser asks for, from the first word to the last', async () => {
  const ours = await allPages('en');
  for (const { language } of others) {
    const theirs = await allPages(language);
    expect([...theirs.keys()]).toEqual([...ours.keys()]);
    for (const [name, html] of theirs) {
      expect({ name, lang: /<html lang="(\w+)">/.exec(html)?.[1] }).toEqual({ name, lang: language });
      const untranslated = pieces(html).filter((piece) => english(piece).length > 0);
      const same = new Set(pieces(ours.get(name) ?? ''));
      const alike = pieces(html).filter(
        (piece) => same.has(piece) && !NAMES.test(piece) && !ZONES.has(piece),
      );
      expect({ name, untranslated, alike }).toEqual({ name, untranslated: [], alike: [] });
    }
  }
  // What the pages were meant to show, they showed.
  const { cart } = languages.en as Texts;
  const shown = (name: string): string => pieces(ours.get(name) ?? '').join(' ');
  expect(shown('cart')).toContain(cart.chooseTitle);
  expect(shown('cart')).toContain('was $1.00 when you replied');
  expect(shown('cart')).toContain('kept for you until');
  expect(shown('cart')).toContain('Undo: back to');
  expect(shown('waiting')).toContain(cart.inLineTitle);
  expect(shown('limit')).toContain('At most 6');
  expect(shown('no more')).toContain('left.');
  expect(shown('changed')).toContain(cart.changed.title);
  expect(shown('blocked')).toContain(cart.unavailable.paused);
  expect(shown('empty')).toContain(cart.empty);
  expect(shown('being paid')).toContain(cart.waitingTitle);
  expect(shown('paid')).toContain(cart.paidTitle);
  expect(shown('given back')).toContain(cart.refundedTitle);
  expect(shown('wrong code')).toContain('That is not the code');
  expect(shown('error')).toContain('Something went wrong');
  expect(shown('home')).toContain('The product waits in your cart');
});

test.each(others.map((texts) => [texts.language, texts] as const))(
  'every mail is in %s',
  (language, texts) => {
    const write = (content: ReturnType<typeof mailSamples>[number][1], inTexts: Texts) =>
      renderMail(
        writeMail(content, inTexts, {
          publicUrl: config.PUBLIC_URL,
          cart: (id) => at(`/c/${id}`),
          download: (id) => at(`/d/${id}`),
          code: (id) => `0000-XYZXY-${id}`,
          order: (id: string) => `https://cart.example/o/${id}`,
          account: () => ({ href: 'https://cart.example/m/shop/account/1/x', until: new Date(0) }),
          linkDays: 30,
          undoSeconds: 60,
          unsubscribe: at('/unsubscribe/token'),
          handle: plainNames.handle,
        }),
        inTexts,
        inTexts.mail.test,
      );
    for (const [name, content] of mailSamples(plainNames)) {
      const { subject, html, text } = write(content, texts);
      expect({ name, english: english(`${subject}\n${html}\n${text}`) }).toEqual({ name, english: [] });
      expect(html).toContain(`<html lang="${language}">`);
      const same = new Set(pieces(write(content, languages.en as Texts).html));
      const data = /Stoneware mug|example|@|\$|https:|Portland|US$|^Privacy$|^12 Kiln|^7 Test|^Total$|^0000-/;
      expect({ name, alike: pieces(html).filter((piece) => same.has(piece) && !data.test(piece)) }).toEqual({
        name,
        alike: [],
      });
    }
  },
);

test('Stripe’s page goes on in the language of the cart’s page', async () => {
  for (const language of [...Object.keys(languages), 'de']) {
    const { path, cart_id } = await aCart(shop, [{ to: POST.ebook }]);
    await (await shop.visitor(language).open(at(path))).submit('/checkout');
    const { data } = await shop.control<{ data: Array<{ client_reference_id: string; locale: string }> }>(
      shop.stripe,
      '/sessions',
    );
    const session = data.find((each) => each.client_reference_id === cart_id);
    expect(session?.locale).toBe(language === 'de' ? 'en' : language);
  }
});

const says = async (path: string, accepts?: string): Promise<string | undefined> =>
  /<html lang="(\w+)">/.exec((await shop.visitor(accepts).open(at(path))).html)?.[1];
const chooses = (shopper_id: string, language: string | null) =>
  db.updateTable('shoppers').set({ language }).where('x_user_id', '=', shopper_id).execute();

test('a cart speaks what its shopper has chosen, else as the browser, else as the merchant', async () => {
  const { path, shopper_id } = await aCart(shop);
  await db.updateTable('merchants').set({ locale: 'it-IT' }).where('id', '=', 'shop').execute();
  expect(await says(path)).toBe('it');
  expect(await says(path, 'de-DE')).toBe('it');
  expect(await says(path, 'es-MX,es;q=0.9')).toBe('es');
  await chooses(shopper_id, 'en');
  expect(await says(path, 'es-MX,es;q=0.9')).toBe('en');
  await db.updateTable('merchants').set({ locale: 'en-US' }).where('id', '=', 'shop').execute();
});

test('who is signed in reads what they have chosen, on every page; staff read English', async () => {
  const id = '6310000000000000001';
  await shop.control(shop.x, '/users', { id, username: 'chooser', name: 'C', email: 'chooser@mail.example' });
  const visitor = await shop.visitor('it').open(at('/link'));
  await (await visitor.submit('/link')).submit('authorize', { account: id, decision: 'authorize' });
  expect(visitor.html).toContain('<html lang="it">');
  await chooses(id, 'es');
  for (const path of ['/me', '/privacy', '/m/shop', '/nowhere'])
    expect((await visitor.open(at(path))).html).toContain('<html lang="es">');
  expect((await visitor.open(at('/support'))).html).toContain('<html lang="en">');
  const kept = await db.selectFrom('shoppers').selectAll().where('x_user_id', '=', id).execute();
  expect(kept).toMatchObject([{ locale: 'it' }]);
});

test.each([
  ['es', { language: 'es', locale: 'it-IT', reply: 'it', merchant: 'it-IT' }],
  ['it', { language: null, locale: 'it-CH', reply: 'es', merchant: 'es-ES' }],
  ['es', { language: null, locale: 'de-DE', reply: 'es', merchant: 'it-IT' }],
  ['es', { language: null, locale: null, reply: 'es', merchant: 'it-IT' }],
  ['it', { language: null, locale: 'de-DE', reply: 'ja', merchant: 'it-IT' }],
  ['it', { language: null, locale: 'de-DE', reply: 'qht', merchant: 'it-IT' }],
  ['it', { language: null, locale: 'de-DE', reply: undefined, merchant: 'it-IT' }],
  ['en', { language: null, locale: 'de-DE', reply: 'und', merchant: 'ja-JP' }],
  ['en', { language: 'en', locale: 'es', reply: 'es', merchant: 'es-ES' }],
])('a mail is in %s for %j', async (language, known) => {
  const email = `${Math.random().toString(36).slice(2)}@mail.example`;
  const shopper_id = await aShopper(context, email);
  await db
    .updateTable('shoppers')
    .set({ language: known.language, locale: known.locale })
    .where('x_user_id', '=', shopper_id)
    .execute();
  await db.updateTable('merchants').set({ locale: known.merchant }).where('id', '=', 'shop').execute();
  await deliver(context, aReply({ author: shopper_id, lang: known.reply }));
  await sendMails(context, { mail_ids: await dueMails(db, 100) });
  const [mail] = (await shop.mails()).filter(({ to }) => to.includes(email));
  expect(/<html lang="(\w+)">/.exec(mail?.html ?? '')?.[1]).toBe(language);
  expect(mail?.subject).toBe(
    `[TEST] ${languages[language]?.mail.update.subjectAdded('Stoneware mug', 'Acme Stoneware')}`,
  );
});

test('a merchant is written to in the merchant’s language, whatever the shopper speaks', async () => {
  await db.updateTable('merchants').set({ locale: 'it-IT' }).where('id', '=', 'shop').execute();
  const held = await aCart(shop, [{ to: POST.ebook }], 'buyer@mail.example');
  await chooses(held.shopper_id, 'es');
  await recordPayment(context, { session_id: await pays(shop.visitor(), held) });
  await sendMails(context, { mail_ids: await dueMails(db, 100) });
  const subjects = (await shop.mails()).map(({ to, subject }) => `${to}: ${subject}`);
  expect(subjects).toContainEqual(expect.stringMatching(/^buyer@mail\.example: \[TEST\] Recibo del pedido/));
  expect(subjects).toContainEqual(expect.stringMatching(/^help@shop\.example: \[TEST\] Nuovo ordine/));
  await db.updateTable('merchants').set({ locale: 'en-US' }).where('id', '=', 'shop').execute();
});
