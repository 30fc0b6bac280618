import { expect, test } from '@jest/globals';
import { readConfig } from '../src/config.ts';
import { aboutSettings } from '../src/settings.ts';

const REAL = {
  X_BEARER_TOKEN: 'bearer',
  X_CLIENT_ID: 'client',
  X_CLIENT_SECRET: 'secret',
  STRIPE_SECRET_KEY: 'sk_live_1',
  STRIPE_WEBHOOK_SECRET: 'whsec_1',
  SMTP_URL: 'smtp://mail.example.com',
  MAIL_FROM: 'carts@example.com',
  SECRET_KEY: 'x'.repeat(32),
  PUBLIC_URL: 'https://cart.example.com/',
  DATABASE_URL: 'postgres://db.example.com/replycart',
};

test('nothing set is the sandbox', () => {
  expect(readConfig({})).toMatchObject({
    sandbox: true,
    testPayments: true,
    PORT: 3000,
    PUBLIC_URL: 'http://localhost:3000',
  });
  expect(readConfig({ PORT: '8080', X_BEARER_TOKEN: '' })).toMatchObject({
    sandbox: true,
    PUBLIC_URL: 'http://localhost:8080',
  });
});

test('everything set is the real thing', () => {
  expect(readConfig(REAL)).toMatchObject({
    sandbox: false,
    testPayments: false,
    PUBLIC_URL: 'https://cart.example.com',
  });
  const { DATABASE_URL: _, ...embedded } = { ...REAL, DATA_DIR: '/srv/replycart' };
  expect(readConfig(embedded)).toMatchObject({ sandbox: false, DATA_DIR: '/srv/replycart' });
});

test.each(Object.keys(REAL))('one credential missing, %s, is a fault and not the sandbox', (name) => {
  expect(() => readConfig({ ...REAL, [name]: undefined })).toThrow(new RegExp(`${name} is missing`));
});

test('all faults are told at once, and no value is told', () => {
  const bad = {
    ...REAL,
    PORT: 'eighty',
    SMTP_URL: 'http://hunter2@mail',
    SECRET_KEY: 'short-hunter2',
    STRIPE_SECRET_KEY: 'hunter2',
    MAIL_FROM: 'Nobody',
  };
  const read = () => readConfig(bad);
  for (const name of ['PORT', 'SMTP_URL', 'SECRET_KEY', 'STRIPE_SECRET_KEY', 'MAIL_FROM'])
    expect(read).toThrow(name);
  expect(read).toThrow(
    expect.objectContaining({ exitCode: 78, message: expect.not.stringContaining('hunter2') }),
  );
});

test('play money is not for shoppers of the real X', () => {
  const test = { ...REAL, STRIPE_SECRET_KEY: 'sk_test_1' };
  expect(() => readConfig(test)).toThrow('ALLOW_TEST_PAYMENTS');
  expect(readConfig({ ...test, ALLOW_TEST_PAYMENTS: '1' })).toMatchObject({
    sandbox: false,
    testPayments: true,
  });
  expect(readConfig({ ...test, X_API_URL: 'http://127.0.0.1:9001' })).toMatchObject({ testPayments: true });
});

test('an address of another X without credentials is a fault', () => {
  expect(() => readConfig({ X_API_URL: 'http://127.0.0.1:9001' })).toThrow('X_API_URL is set');
});

test('every setting says what it is for', () => {
  for (const setting of aboutSettings())
    expect([setting.name, setting.description.length > 5]).toEqual([setting.name, true]);
});
