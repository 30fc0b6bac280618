import { expect, test } from '@jest/globals';
import { connectMerchant } from '../src/actions/connect-merchant.ts';
import { replycart } from './harness/cli.ts';
import { aShop } from './harness/shop.ts';

const shop = await aShop();
const { context } = shop;
const { config } = context;

test('who sells, a percentage of their own, the way to an account', async () => {
  const { payee } = await connectMerchant(context, 'shop');
  const account = payee.account_id as string;
  const list = async () => (await replycart(config, 'merchants', 'list')).stdout;
  expect(await list()).toContain(
    `shop (Acme Stoneware): nothing is sold: Stripe takes no payments for ${account} yet; "merchants connect shop" gives the way to its questions\n`,
  );
  await shop.control(shop.stripe, `/accounts/${account}`, { progress: 'complete' });
  const connected = JSON.parse((await replycart(config, 'merchants', 'connect', 'shop', '--json')).stdout);
  expect(connected).toMatchObject({ account_id: account, charges_enabled: true, url: expect.any(String) });
  expect((await replycart(config, 'merchants', 'fee', 'shop', '12.5')).stdout).toContain('keeps 12.5 %');
  expect(await list()).toContain(`shop (Acme Stoneware): paid to ${account}, less 12.5 %\n`);
  expect((await replycart(config, 'merchants', 'fee', 'shop', '101')).code).toBe(1);
  expect((await replycart(config, 'merchants', 'connect', 'shop', '--country', 'de')).code).toBe(2);
}, 30_000);
