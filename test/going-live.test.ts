import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { packageRoot } from '../src/root.ts';
import { freePort } from './global-setup.ts';
import { atEnd } from './harness/at-end.ts';
import { POST } from './harness/builders.ts';
import { aDatabase } from './harness/context.ts';
import { eventually } from './harness/eventually.ts';
import { aService, peopleX } from './harness/service.ts';
import { Visitor } from './harness/visitor.ts';

test('docs/going-live.md, step by step: the doctor names what is still open', async () => {
  const service = await aService();
  const doctor = async (env: Record<string, string> = {}) => {
    Object.assign(service.env, env);
    const { code, stdout } = await service.run('doctor', '--json');
    const findings = JSON.parse(stdout) as Array<{ name: string; state: string; message: string }>;
    return { code, of: (name: string) => findings.find((each) => each.name === name) };
  };
  const right = { ...service.env };

  await service.run('migrate');
  let found = await doctor();
  expect([found.code, found.of('catalog')]).toEqual([
    1,
    expect.objectContaining({ state: 'fail', message: expect.stringContaining('catalog apply') }),
  ]);
  await service.run('catalog', 'apply', service.env.CATALOG as string);

  await service.control(service.x, '/app', { credits: false });
  found = await doctor();
  expect(found.of('X: app and stream rules')).toMatchObject({
    state: 'fail',
    message: expect.stringMatching(/402.*credits/i),
  });
  await service.control(service.x, '/app', { credits: true });

  found = await doctor({
    X_BEARER_TOKEN: 'wrong',
    X_CLIENT_SECRET: 'wrong',
    STRIPE_SECRET_KEY: 'sk_test_wrong',
    SMTP_URL: 'smtp://127.0.0.1:1',
    PUBLIC_URL: 'http://127.0.0.1:9',
  });
  expect(found.code).toBe(1);
  expect(found.of('X: app and stream rules')).toMatchObject({
    state: 'fail',
    message: expect.stringContaining('401'),
  });
  expect(found.of('X: sign-in')).toMatchObject({
    state: 'fail',
    message: expect.stringContaining('X_CLIENT_SECRET'),
  });
  expect(found.of('Stripe: account')).toMatchObject({ state: 'fail' });
  expect(found.of('mail')).toMatchObject({ state: 'fail' });

  found = await doctor({ ...right, PUBLIC_URL: 'http://127.0.0.1:9' });
  expect(found.of('Stripe: webhook')).toMatchObject({
    state: 'fail',
    message: expect.stringContaining('no endpoint for http://127.0.0.1:9/webhooks/stripe'),
  });
  await service.control(service.stripe, '/account', { charges_enabled: false });
  found = await doctor(right);
  expect(found.of('Stripe: account')).toMatchObject({
    state: 'fail',
    message: expect.stringContaining('finish its activation'),
  });
  await service.control(service.stripe, '/account', { charges_enabled: true });

  found = await doctor();
  expect(found.code).toBe(0);
  expect(found.of('X: app and stream rules')).toMatchObject({
    state: 'warn',
    message: expect.stringContaining('missing: the listener adds them'),
  });
  expect(found.of('X: sign-in')).toMatchObject({ state: 'ok' });

  // The permission for e-mail addresses is off: X refuses the sign-in of everybody.
  await peopleX(service, [POST.mug]);
  service.start('web');
  await eventually(async () => expect((await fetch(`${service.url}/readyz`)).status).toBe(200));
  await service.control(service.x, '/app', { requestEmail: false });
  const visitor = await (await new Visitor().open(`${service.url}/link`)).submit('/link');
  expect(visitor.text).toContain('Something went wrong');
  await service.control(service.x, '/app', { requestEmail: true });
  await (await visitor.open(`${service.url}/link`)).submit('/link');
  expect(visitor.text).toContain('wants to access your X account');

  const { stdout } = await service.run('staff', 'add', 'kim@example.com', '--role', 'agent');
  const staff = await new Visitor().open(stdout.trim());
  await staff.submit(new URL(staff.url).pathname, { password: 'a long enough sentence' });
  expect(staff.url).toBe(`${service.url}/support`);
}, 120_000);

test('“replycart sandbox” prints the settings with which another instance works', async () => {
  const [port, xPort, stripePort, smtpPort] = [
    await freePort(),
    await freePort(),
    await freePort(),
    await freePort(),
  ];
  const DATABASE_URL = await aDatabase();
  const env = { PATH: process.env.PATH, DATABASE_URL, PORT: String(port) };
  const args = [
    path.join(packageRoot, 'dist/src/cli.js'),
    'sandbox',
    '--x-port',
    xPort,
    '--stripe-port',
    stripePort,
    '--smtp-port',
    smtpPort,
    '--webhook',
    `http://localhost:${port}/webhooks/stripe`,
  ].map(String);
  const child = spawn(process.execPath, args, {
    cwd: tmpdir(),
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  atEnd(async () => void child.kill());
  let printed = '';
  child.stdout.on('data', (chunk) => (printed += chunk));
  await eventually(async () => expect(printed).toContain('ready mail http'));
  const settings = Object.fromEntries(
    printed.split('\n').flatMap((line) => (/^[A-Z_]+=/.test(line) ? [line.split(/=(.*)/).slice(0, 2)] : [])),
  );
  expect(settings).toMatchObject({
    X_API_URL: `http://127.0.0.1:${xPort}`,
    STRIPE_API_URL: `http://127.0.0.1:${stripePort}`,
    SMTP_URL: `smtp://127.0.0.1:${smtpPort}`,
  });
  const service = await aService({
    ...settings,
    DATABASE_URL,
    MAIL_FROM: 'a@b.example',
    PUBLIC_URL: `http://localhost:${port}`,
  });
  await service.run('catalog', 'apply', service.env.CATALOG as string);
  const { code, stdout } = await service.run('doctor');
  expect([code, stdout]).toEqual([0, expect.stringContaining('ok    Stripe: webhook')]);
  child.kill('SIGTERM');
  expect(await new Promise((resolve) => child.once('exit', resolve))).toBe(0);
}, 60_000);
