import { test } from '@jest/globals';
import { writeMail } from '../../src/views/mails.ts';
import { renderMail } from '../../src/views/render-mail.ts';
import { languages, type Texts } from '../../src/views/texts.ts';
import { hostileNames, mailSamples, plainNames } from '../harness/mail-samples.ts';
import { dark, type Look, phone } from './harness/looks.ts';
import { inBrowser } from './harness/suite.ts';
import { walking } from './harness/walker.ts';

/** All mails, as a mail program would show them: by name. */
function mailsIn(texts: Texts, names: typeof plainNames): Array<[string, string]> {
  const links = {
    publicUrl: 'http://localhost',
    cart: (id: string) => `http://localhost/c/${id}`,
    download: (id: string) => `http://localhost/d/${id}`,
    code: (id: string) => `0000-XYZXY-${id}`,
    order: (id: string) => `http://localhost/o/${id}`,
    account: () => ({ href: 'https://cart.example/m/shop/account/1/x', until: new Date(0) }),
    linkDays: 30,
    undoSeconds: 60,
    unsubscribe: 'http://localhost/unsubscribe/token',
    handle: names.handle,
  };
  return mailSamples(names).map(([name, content]) => [
    name,
    renderMail(writeMail(content, texts, links), texts, '').html,
  ]);
}

const looks: Array<[string, Look, typeof plainNames]> = [
  ['plain', dark, plainNames],
  ['hostile', phone, hostileNames],
];

inBrowser('mails in every language', () => {
  test.each(Object.keys(languages).flatMap((language) => looks.map((look) => [language, ...look] as const)))(
    'are in order, in %s, with %s names',
    (language, kind, look, names) =>
      walking(`mails-${language}-${kind}`, look, async (walker) => {
        const { page } = walker;
        for (const [name, body] of mailsIn(languages[language] as Texts, names)) {
          const address = `${process.env.BROWSER_URL}/a-mail/${name}`;
          await page.route(address, (route) =>
            route.fulfill({ contentType: 'text/html; charset=utf-8', body }),
          );
          await page.goto(address);
          await walker.sees(name);
        }
      }),
  );
});
