/**
 * Every message about a catalog, once. What stands in braces is filled in when it is said. Those of a single value
 * follow the name of its key. docs/catalog.md explains each of them; a test holds the two lists against each other.
 */
export const catalogTexts = {
  // The files
  too_large: 'makes the catalog larger than {most} MB, all files together: leave out what is no longer sold',
  too_many_files: 'is one of more than {most} files: put several merchants into one',
  no_file: 'is no file',
  not_utf8: 'is not UTF-8 text: save it as UTF-8',
  control_character: 'holds the invisible character {code}: remove it',
  not_yaml: 'is not YAML: {reason}',
  too_deep: 'is nested deeper than {most} levels: a catalog needs no more',
  too_many_values: 'stands for more than {most} values once its aliases are written out',
  unknown_alias: 'the alias *{name} stands for nothing that is written before it',
  endless_alias: 'the alias *{name} stands inside of what it stands for: write it out',
  no_catalog: 'is no catalog: it begins with "version: 1", then "merchants:" and a list',
  second_bot: 'bot stands in another file already: one is enough',

  // Keys and notation
  unknown_key: 'unknown key {key}; known here: {known}',
  mistyped_key: 'unknown key {key}: did you mean {meant}? Known here: {known}',
  missing: 'is missing',
  unquoted: 'must stand in quotes: "{source}"',
  not_text: 'must be a text in quotes',
  not_a_list: 'must be a list, as [a, b]',
  not_a_block: 'must be a block of keys',
  not_a_switch: 'must be true or false, without quotes',
  not_a_number: 'must be a whole number, without quotes',
  one_of: 'must be one of these: {known}',
  mistyped_value: 'must be one of these: {known}; did you mean {meant}?',

  // Single values
  version: 'must be 1',
  x_id: 'must be the number that X gave, in quotes',
  username: 'must be an X handle without @',
  empty: 'must not be empty',
  too_long: 'must have at most {most} characters',
  not_one_line: 'must be one line without control or direction characters',
  sku: 'must be 1 to 64 letters, digits, dots, dashes or underscores',
  time: 'must be a time with its zone, as 2026-11-01T00:00:00Z',
  tag: 'is not one hashtag to X: write # and letters, digits or underscores, with at least one letter',
  price: 'must be an amount in quotes, as "18.00"',
  not_whole: 'must be a whole number',
  too_small: 'must be {least} or more',
  too_big: 'must be {most} or less',
  country: 'must be the two letters of a country that Stripe ships to, as US',
  no_values: 'needs at least one value',
  delivery_url: 'must be an address that starts with https://',
  delivery_file:
    'must be a path below the folder of downloads, as books/glazes.pdf: no “..”, and no / at its beginning',
  too_many_presets: 'must be 6 amounts at most',
  image:
    'must be the address of a picture that starts with https://, without a name or password in it, or one below the folder of pictures, as /pictures/mugs/red.jpg',
  no_posts: 'needs at least one post: the address of a post that offers it',
  merchant_id: 'must be 1 to 40 small letters, digits or dashes',
  currency: 'is not a currency that Stripe takes: write three capital letters, as USD',
  locale: 'must be a language tag, as en-US',
  timezone: 'must be a time zone, as America/New_York',
  email: 'must be an e-mail address',
  no_countries: 'needs at least one country',
  no_zones: 'needs at least one zone',
  tax_code: 'must be a code of Stripe’s, as txcd_99999999',
  no_tags: 'needs at least one tag',
  no_merchants: 'needs at least one merchant',

  // What one part says of another
  second: '{what} {name} stands here a second time',
  same_tag: '{tag} is the same tag as {other}',
  decimals: '{currency} has {decimals} decimals: "{amount}" does not fit',
  least_charge: 'the smallest amount that can be charged is {least} {currency}',
  most_charge: 'is more than can be charged: {most} {currency} is the most',
  no_shipping: 'is shipped, but the merchant has no shipping: add it, or make the product digital',
  no_rate: 'shipping needs {key}, or zones',
  zones_or_short: 'zones stand in place of countries, flat_rate and free_from: write one or the other',
  delivery_of_physical: 'is for digital products: remove it, or write kind: digital',
  no_delivery: 'is digital: write delivery: { file: … } or delivery: { url: … }, what is downloaded',
  two_deliveries: 'has a file and a url: one of them is what is downloaded',
  no_price: 'has no price: write price: "18.00"',
  no_donation: 'is a donation: write donation: { minimum: "5.00", maximum: "500.00" }, how much it may be',
  donation_of_goods: 'is for donations: remove it, or write kind: donation',
  not_of_donation: 'a donation has no {key}: remove it',
  maximum_below: 'must be the minimum or more',
  preset_outside: 'must be from the minimum to the maximum',
  no_promised_hours:
    'is promised: write promised_hours, too, for how many hours the price at the reply counts',
  two_offers: 'is {price}, but at the same post it is {other} already: write one of them',
  until_before_from: 'must be later than from',
  too_many_variants: 'allow {count} variants; {most} is the most',
  no_such_variant: 'no options make the variant {sku}; the first that they make is {first}',
  not_a_post:
    'must be the address of a post of this merchant, as https://x.com/{username}/status/2080761390596595240',
  foreign_post: 'must be the address of a post of this merchant, @{username}, not of @{other}',
  owned_post: 'the post belongs to the merchant {owner} already, which is another X account',
  other_handle: 'the X account {user_id} has the handle {other} elsewhere: write the same one',
  other_account: 'the handle {username} belongs to the X account {other} elsewhere: write the same one',
  shared_tag:
    '{tag} is a tag of the merchant {other}, too, and both offer something at the post {post}: give each a tag of its own',

  // Words that replies could not tell apart
  clash_in_option: '“{word}” names {value} and {other}: a word may name one value',
  clash_between_options:
    '“{word}” names {value} of {option} and {other} of {other_option}: a word may name one value',
  unnameable: 'no reply can name {value}: “{word}” is read as {reading}; add a word of its own',
  untold_product:
    'no reply to the post {post} can name {sku}, because {other} is offered there, too: add a word of its own to words',

  // Warnings: likely mistakes, and what replies may stumble over
  word_unread: '“{word}” is read as {reading}, never as {value}',
  number_as_value:
    '“{word}” is read as {value}, never as a number of pieces: whoever wants {number} has to write x{number}',
  said_anyway:
    '“{word}” stands in many replies that say nothing of {meant}: a reply with it is taken to mean that',
  common_name: '“{word}” is read as {value}, though {other} is commonly called that, too',
  shared_word:
    '“{word}” names {other}, too, at the post {post}: a reply that says no more is asked which one',
  value_names_product:
    '“{word}” names {other}, too, at the post {post}: a reply that says it may be asked which one',
  same_market:
    '{other} and {id} are both called {name}: name the market, too, so that mails tell shoppers which cart they are about',
  stock_uncounted: 'says nothing: stock_mode is none, so stock is not counted',
  promise_unused: 'says nothing: price_policy is current, so nothing is promised',
  no_offer: 'is no offer: the product costs {price} everywhere',
  hold_unused:
    'hold_minutes says nothing: pieces are kept only where stock is counted and stock_mode is hold',
  hold_long: 'hold_minutes keeps pieces for {days} days: nobody else can buy them meanwhile',
  tax_unused: 'says nothing: write tax: automatic at the merchant, or remove it',
  limit_above: 'limit says nothing: it is above the limit {limit} of the product',
  silent_variant: 'says nothing that the product does not say: remove it, or write what is otherwise',

  // Tables that become catalogs
  unknown_column: 'unknown column {column}; known are: {known}',
  mistyped_column: 'unknown column {column}: did you mean {meant}? Known are: {known}',
  second_column: 'the column {column} stands here a second time: only the first is read',
  no_sku_column: 'the first line must name the columns, and one of them must be sku',
  open_quote: 'a quote begins here and never ends',
  more_cells: 'has more cells than there are columns: text with a separator in it must stand in quotes',
  no_rows: 'holds no products',
  other_price:
    'costs {price}, while {sku} costs {other}: a product has one price, so this variant was left out',
} as const;

export type CatalogText = keyof typeof catalogTexts;

/** "{ url: … }" is no name: it holds spaces. */
type NamesIn<Text> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? (Name extends `${string} ${string}` ? never : Name) | NamesIn<Rest>
  : never;
type Values<Id extends CatalogText> = [NamesIn<(typeof catalogTexts)[Id]>] extends [never]
  ? []
  : [values: Record<NamesIn<(typeof catalogTexts)[Id]>, string | number>];

/** A message, with its values filled in. */
export function say<Id extends CatalogText>(id: Id, ...[values]: Values<Id>): string {
  const known: Record<string, string | number> = values ?? {};
  return catalogTexts[id].replace(/\{(\w+)\}/g, (whole, name) => String(known[name] ?? whole));
}
