import { stringify } from 'yaml';
import {
  CANCEL_HOURS,
  type CatalogFile,
  type MerchantEntry,
  offeredAt,
  type ProductEntry,
  readPostAddress,
} from '../domain/catalog-file.ts';
import { withoutDefaults } from './shape.ts';

/**
 * A catalog as YAML: an equivalent of the file that it was read from. All texts stand in quotes, so that no reader
 * takes one for a number.
 *
 * @param comment said in its first lines
 */
export function writeCatalog(file: CatalogFile, comment: string): string {
  const lines = comment.split('\n').map((line) => `# ${line}\n`);
  return `${lines.join('')}${stringify(withoutDefaults(file), {
    defaultStringType: 'QUOTE_DOUBLE',
    defaultKeyType: 'PLAIN',
    lineWidth: 0,
    aliasDuplicateObjects: false,
  })}`;
}

/** A catalog of these products, by a merchant of whom only the handle is known: the rest is empty, to be filled in. */
export const draftOf = (products: ProductEntry[]): CatalogFile => {
  const [post] = products[0]?.posts ?? [];
  const username = (post && readPostAddress(offeredAt(post).url)?.username) ?? '';
  const merchant: MerchantEntry = {
    id: username.toLowerCase().replaceAll('_', '-'),
    name: '',
    x: { username, user_id: '' },
    currency: '',
    locale: '',
    timezone: '',
    support_email: '',
    postal_address: '',
    returns: '',
    cancel_hours: CANCEL_HOURS,
    shipping: { countries: [''], flat_rate: '' },
    accept_quotes: false,
    first_contact: 'hint',
    acknowledge: 'none',
    tax: 'none',
    prices_include_tax: false,
    hashtags: { add: ['#AddToCart'], remove: ['#RemoveFromCart'], buy: [], donate: [], stop: [] },
    products,
  };
  return { version: 1, merchants: [merchant] };
};
