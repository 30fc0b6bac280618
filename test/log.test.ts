import { expect, test } from '@jest/globals';
import { scrub } from '../src/log.ts';

const TOKEN = 'Zk3-9_qLrT0aYxW4bC5dE6fG';

test.each([
  ['key sk_live_abc123 and whsec_xyz', 'key [secret] and [secret]'],
  ['no such customer: sk_test_51Hx', 'no such customer: [secret]'],
  ['signed with whsec_abc', 'signed with [secret]'],
  ['Authorization: Bearer AAAA.bb-c', 'Authorization: [secret]'],
  [`GET /c/${TOKEN}/checkout`, 'GET /c/[secret]/checkout'],
  [`GET /o/${TOKEN}`, 'GET /o/[secret]'],
  [`GET /d/${TOKEN}/${TOKEN}`, 'GET /d/[secret]'],
  [`POST /unsubscribe/${TOKEN}`, 'POST /unsubscribe/[secret]'],
  [`GET /support/welcome/${TOKEN}`, 'GET /support/welcome/[secret]'],
  [`GET /m/kiln/account/1795416217971/${TOKEN}`, 'GET /m/kiln/account/1795416217971/[secret]'],
  [
    'connect ECONNREFUSED redis://user:hunter2@cache:6379',
    'connect ECONNREFUSED redis://user:[secret]@cache:6379',
  ],
  ['550 no such user: Sam <sam@mail.example>', '550 no such user: Sam <[e-mail]>'],
  ['GET /p/kiln/MUG-RED-LARGE-AND-HEAVY', 'GET /p/kiln/MUG-RED-LARGE-AND-HEAVY'],
])('nothing secret is logged: %s', (text, logged) => {
  expect(scrub(text)).toBe(logged);
});
