import type { Report } from './catalog-faults.ts';
import { type MerchantEntry, offeredAt, type ProductEntry, postIdOf } from './catalog-file.ts';
import { say } from './catalog-texts.ts';
import { wordsOf } from './tokens.ts';

/** A product at a post. */
interface Offer {
  product: ProductEntry;
  /** Where the product stands. */
  at: PropertyKey[];
  /** Where the post stands. */
  path: PropertyKey[];
}

/** Products that share a post: replies have to tell them apart by their words. */
export function checkOffers({ products, x }: MerchantEntry, at: PropertyKey[], report: Report): void {
  const offers = new Map<string, Offer[]>();
  products.forEach((product, p) => {
    product.posts.map(offeredAt).forEach(({ url: address }, n) => {
      const id = postIdOf(address, x.username);
      if (id === undefined) return;
      const here = offers.get(id) ?? [];
      if (here.at(-1)?.product === product) return;
      here.push({ product, at: [...at, 'products', p], path: [...at, 'products', p, 'posts', n] });
      offers.set(id, here);
    });
  });
  const told = new Set<string>();
  /** The same words share many posts: once is enough. */
  const warnOnce: Report['warning'] = (path, message, see) => {
    if (told.has(path.join(' '))) return;
    told.add(path.join(' '));
    report.warning(path, message, see);
  };
  for (const [post, here] of offers) if (here.length > 1) checkPost(post, here, report, warnOnce);
}

function checkPost(post: string, here: Offer[], report: Report, warn: Report['warning']): void {
  const named = new Map<string, Offer[]>();
  for (const offer of here) {
    for (const word of offer.product.words) {
      for (const form of [word, `${word}s`, `${word}es`]) {
        const phrase = wordsOf(form).join(' ');
        const known = named.get(phrase);
        if (known) known.push(offer);
        else named.set(phrase, [offer]);
      }
    }
  }
  for (const offer of here) {
    const { product, at, path } = offer;
    const others = product.words.map((word) => otherNamed(word, offer, named));
    if (!others.some((other) => other === undefined)) {
      const other = others[0] ?? (here.find((each) => each !== offer) as Offer);
      const message = say('untold_product', { post, sku: product.sku, other: other.product.sku });
      report.error(path, message, other.path);
      continue;
    }
    product.words.forEach((word, w) => {
      const other = others[w];
      if (other)
        warn([...at, 'words', w], say('shared_word', { word, other: other.product.sku, post }), other.at);
    });
    for (const { word, path: where } of valueNames(product)) {
      const other = otherNamed(word, offer, named);
      if (other)
        warn(
          [...at, ...where],
          say('value_names_product', { word, other: other.product.sku, post }),
          other.at,
        );
    }
  }
}

/** Another product that a reply names when it says a word. */
function otherNamed(word: string, offer: Offer, named: Map<string, Offer[]>): Offer | undefined {
  const words = wordsOf(word);
  for (let from = 0; from < words.length; from++) {
    for (let to = from + 1; to <= words.length; to++) {
      const other = named.get(words.slice(from, to).join(' '))?.find((each) => each !== offer);
      if (other) return other;
    }
  }
  return undefined;
}

const valueNames = ({ options }: ProductEntry): Array<{ word: string; path: PropertyKey[] }> =>
  options.flatMap(({ values }, o) =>
    values.flatMap(({ value, words }, v) => [
      { word: value, path: ['options', o, 'values', v, 'value'] },
      ...words.map((word, w) => ({ word, path: ['options', o, 'values', v, 'words', w] })),
    ]),
  );
