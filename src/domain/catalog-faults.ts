import { checkAccounts } from './catalog-accounts.ts';
import type { CatalogFile } from './catalog-file.ts';
import { checkShipping, checkTags, checkTax } from './catalog-merchant.ts';
import { checkOffers } from './catalog-offers.ts';
import { checkProduct } from './catalog-product.ts';
import { checkSkus } from './catalog-skus.ts';
import { say } from './catalog-texts.ts';
import { optionWordsChecker } from './catalog-words.ts';

/** A fault, and where it is: keys and numbers that lead to the place in the file. */
export interface Fault {
  /** A catalog with errors cannot be applied; a warning is a likely mistake. */
  kind: 'error' | 'warning';
  path: PropertyKey[];
  message: string;
  /** The other place, where two do not go together. */
  see?: PropertyKey[];
}

/** Takes down faults. */
export type Report = Record<
  Fault['kind'],
  (path: PropertyKey[], message: string, see?: PropertyKey[]) => void
>;

/** What is wrong between parts that are each right by themselves. */
export function faultsBetween(file: CatalogFile): Fault[] {
  const faults: Fault[] = [];
  const tell =
    (kind: Fault['kind']): Report['error'] =>
    (path, message, see) =>
      void faults.push({ kind, path, message, ...(see ? { see } : {}) });
  const report: Report = { error: tell('error'), warning: tell('warning') };
  const ids = uniqueness(report);
  const checkOptionWords = optionWordsChecker(report);
  checkAccounts(file, report);
  file.merchants.forEach((entry, m) => {
    const at = ['merchants', m];
    ids('the merchant id', entry.id, [...at, 'id']);
    checkTags(entry, at, report);
    checkShipping(entry, at, report);
    checkTax(entry, at, report);
    checkSkus(entry.products, at, report);
    entry.products.forEach((product, p) => {
      const path = [...at, 'products', p];
      checkProduct(product, entry, path, report);
      checkOptionWords(product, path);
    });
    checkOffers(entry, at, report);
  });
  return faults;
}

/** Tells of names that stand a second time. */
function uniqueness(report: Report): (what: string, name: string, path: PropertyKey[]) => void {
  const seen = new Map<string, PropertyKey[]>();
  return (what, name, path) => {
    const first = seen.get(name);
    if (first) report.error(path, say('second', { what, name }), first);
    else seen.set(name, path);
  };
}
