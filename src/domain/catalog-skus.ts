import type { Report } from './catalog-faults.ts';
import type { ProductEntry } from './catalog-file.ts';
import { variantsOf } from './catalog-product.ts';
import { say } from './catalog-texts.ts';

/** A merchant's SKUs, of products and their variants alike, name one thing each. Of each product one fault is told. */
export function checkSkus(products: ProductEntry[], at: PropertyKey[], report: Report): void {
  const seen = new Map<string, PropertyKey[]>();
  products.forEach((product, p) => {
    const path = [...at, 'products', p, 'sku'];
    let told = false;
    for (const sku of skusOf(product)) {
      const first = seen.get(sku);
      if (first && !told) report.error(path, say('second', { what: 'the SKU', name: sku }), first);
      told ||= first !== undefined;
      if (!first) seen.set(sku, path);
    }
  });
}

/** A value that is written twice is told where it stands. */
function skusOf(product: ProductEntry): string[] {
  if (product.options.length === 0) return [product.sku];
  const options = product.options.map((option) => ({
    ...option,
    values: option.values.filter(
      ({ value }, v) => option.values.findIndex((each) => each.value === value) === v,
    ),
  }));
  return [product.sku, ...variantsOf({ ...product, options }).map(({ sku }) => sku)];
}
