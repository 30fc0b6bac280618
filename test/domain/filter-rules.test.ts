import { expect, test } from '@jest/globals';
import { readCatalogFile } from '../../src/catalog/read.ts';
import { buildCatalog, type Catalog, toRows } from '../../src/domain/catalog.ts';
import { compileRules } from '../../src/domain/filter-rules.ts';
import { CAMPAIGN } from '../harness/context.ts';

async function campaign(change: (catalog: Catalog) => void = () => {}): Promise<Catalog> {
  const { file } = await readCatalogFile(CAMPAIGN);
  if (!file) throw new Error('the campaign has faults');
  const rows = toRows(file);
  const catalog = buildCatalog({
    version: '1',
    merchants: rows.merchants as never,
    products: rows.products as never,
    post_products: rows.post_products.map((row) => ({ ...row, conversation_id: null })) as never,
    post_aliases: [],
  });
  change(catalog);
  return catalog;
}

test('tags of every kind are asked for', async () => {
  const catalog = await campaign(({ merchants }) => {
    for (const merchant of merchants.values())
      merchant.hashtags = {
        ...merchant.hashtags,
        buy: ['#BuyNow'],
        donate: ['#Give'],
        stop: ['#LeaveMeAlone'],
      };
  });
  for (const tag of ['#BuyNow', '#Give', '#LeaveMeAlone'])
    expect(compileRules(catalog).join(' ')).toContain(tag);
});

test.each([1024, 512, 300])(
  'rules fit into %d characters and name every tag, merchant and conversation',
  async (length) => {
    const rules = compileRules(await campaign(), length);
    expect(Math.max(...rules.map((rule) => rule.length))).toBeLessThanOrEqual(length);
    const all = rules.join(' ');
    for (const part of [
      '#AddToCart',
      '#カートに入れる',
      '#QuitarDelCarrito',
      'to:1111111111111111111',
      'conversation_id:2080761390596595240',
      'conversation_id:2080761473202335272',
    ]) {
      expect(all).toContain(part);
    }
    for (const rule of rules) expect(rule).toMatch(/^(\(.*\)|#\S+) is:reply -is:retweet (\(.*\)|\S+)$/);
  },
);

test('quotes are asked for only where a merchant accepts them', async () => {
  expect(compileRules(await campaign()).join(' ')).not.toContain('is:quote');
  const accepting = await campaign((catalog) => {
    for (const merchant of catalog.merchants.values()) merchant.accept_quotes = merchant.id === 'rival';
  });
  const quotes = compileRules(accepting).filter((rule) => rule.includes('is:quote'));
  expect(quotes).toHaveLength(1);
  expect(quotes[0]).toContain('url:"2080761473202335272"');
  expect(quotes[0]).not.toContain('2080761390596595240');
});
