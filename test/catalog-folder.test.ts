import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { readCatalog, readCatalogFile } from '../src/catalog/read.ts';
import { aContext, CAMPAIGN, useCatalog } from './harness/context.ts';
import { aFolder } from './harness/folder.ts';

const GOOD = readFileSync(CAMPAIGN, 'utf8');
const [HEAD, SHOP, RIVAL] = GOOD.split(/^(?=merchants:| {2}- id: rival)/m) as [string, string, string];
const shop = `${HEAD}${SHOP}`;
const rival = `version: 1\nmerchants:\n${RIVAL}`;

async function faultsOf(files: Record<string, string | Buffer>): Promise<string[]> {
  const { faults } = await readCatalogFile(aFolder(files));
  return faults.map(
    ({ file, line, message, see }) =>
      `${path.basename(file)}:${line}: ${message}${see ? ` (see ${path.basename(see.file)}:${see.line})` : ''}`,
  );
}

test('a folder of files is the same catalog as one file, in the order of the files’ names', async () => {
  const one = readCatalog(GOOD).file;
  const folder = aFolder({ 'a.yaml': shop, 'b.yml': rival, 'notes.txt': '{', '.hidden.yaml': '{' });
  expect((await readCatalogFile(folder)).file).toEqual(one);
  const context = await aContext();
  await useCatalog(context, folder);
  expect((await context.catalog())?.merchants.size).toBe(2);
});

test('faults name their file, those between files both places', async () => {
  expect(
    await faultsOf({
      'a.yaml': shop.replace('stock: 10', 'stok: 10'),
      'b.yaml': rival.replace('id: rival', 'id: shop').replace('"11.00"', '"11.000"'),
    }),
  ).toEqual([
    expect.stringMatching(/^a.yaml:25: unknown key stok: did you mean stock\?/),
    expect.stringMatching(/^b.yaml:3: the merchant id shop stands here a second time \(see a.yaml:5\)/),
    expect.stringMatching(/^b.yaml:21: USD has 2 decimals/),
  ]);
});

test('a post of two merchants, and a bot in two files, name the other place', async () => {
  const stolen = rival
    .replace('username: rival', 'username: shop')
    .replace('x.com/rival/status/2080761473202335272', 'x.com/shop/status/2080761390596595240');
  const found = await faultsOf({
    'a.yaml': shop,
    'b.yaml': stolen.replace('merchants', `${bot()}merchants`),
  });
  expect(found).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^b.yaml:2: bot stands in another file already.* \(see a.yaml:3\)/),
      expect.stringMatching(/^b.yaml:\d+: the post belongs to the merchant shop already.* \(see a.yaml:27\)/),
    ]),
  );
});

const bot = (): string => HEAD.slice(HEAD.indexOf('bot:'));

test.each([
  ['a file that is no text', { 'a.yaml': Buffer.from([0xff, 0xfe, 0x41, 0]) }, /is not UTF-8 text/],
  [
    'an invisible character',
    { 'a.yaml': `${shop}\n# \0` },
    /^a.yaml:\d+: holds the invisible character U\+0000/,
  ],
  ['very many levels', { 'a.yaml': '['.repeat(1_000_000) }, /nested deeper than 50 levels/],
  ['billions of values', { 'a.yaml': bomb() }, /stands for more than 5000000 values/],
  [
    'an alias of itself',
    { 'a.yaml': 'a: &a { b: *a }' },
    /the alias \*a stands inside of what it stands for/,
  ],
  ['an alias of nothing', { 'a.yaml': 'a: *b' }, /the alias \*b stands for nothing/],
  ['a second document', { 'a.yaml': `${shop}---\n${rival}` }, /a second document begins here/],
  [
    'a key that stands twice',
    { 'a.yaml': 'version: 1\nversion: 1' },
    /the key version stands here a second time/,
  ],
  ['a very large file', { 'a.yaml': '#'.repeat(33 * 2 ** 20) }, /larger than 32 MB/],
  [
    'an id beyond X’s',
    { 'a.yaml': shop.replace('"1111111111111111111"', '"9999999999999999999"') },
    /the number that X gave/,
  ],
])('%s: an answer', async (_name, files, message) => {
  expect(await faultsOf(files)).toEqual(expect.arrayContaining([expect.stringMatching(message)]));
});

function bomb(): string {
  const levels = 'abcdefghij'.split('');
  return levels
    .map((name, n) => `${name}: &${name} [${Array(10).fill(n ? `*${levels[n - 1]}` : 'x')}]`)
    .join('\n');
}

test('values that stand behind an alias are placed where they are written', async () => {
  const twice = shop
    .replace('stock: 10', 'options: &o [{ name: size, values: [{ value: M, word: [m] }] }]')
    .replace('stock: 3', 'options: *o');
  expect(await faultsOf({ 'a.yaml': twice })).toEqual([
    expect.stringMatching(/^a.yaml:25: unknown key word: did you mean words\?/),
    expect.stringMatching(/^a.yaml:25: unknown key word/),
  ]);
});

test('a folder without catalog files, and no folder at all, are told apart', async () => {
  await expect(readCatalogFile(aFolder({ 'a.txt': '' }))).rejects.toThrow(/holds no file whose name ends in/);
  await expect(readCatalogFile('/nowhere')).rejects.toThrow(/cannot be read \(ENOENT\)/);
});
