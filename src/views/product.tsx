import { needsShipping } from '../domain/cart.ts';
import type { Merchant, Product } from '../domain/catalog.ts';
import { postAddress } from '../domain/catalog-file.ts';
import { formatMoney, priceText } from '../domain/currency.ts';
import { pictureAddress } from '../domain/picture.ts';
import type { Asked } from '../domain/price.ts';
import { productPath } from '../domain/product-path.ts';
import type { ProductSight } from '../domain/product-sight.ts';
import { timeOfId } from '../domain/snowflake.ts';
import { taxBehaviorOf } from '../domain/tax.ts';
import { Card } from './card.tsx';
import { MerchantLine } from './merchant-line.tsx';
import { type Frame, Note, noticePage, renderPage } from './page.tsx';
import { type Chosen, ProductForm } from './product-form.tsx';
import type { Texts } from './texts.ts';
import { dayText, timeText } from './time-text.ts';

export interface ProductPageProps {
  product: Product;
  merchant: Merchant;
  sight: ProductSight;
  /** The post's price, where the page was opened for an offer. */
  offer: Asked | undefined;
  /** The posts that offer it, the newest first, with the price that holds there alone. */
  posts: Array<{ id: string; price: number | null }>;
  publicUrl: string;
  /** Why a wish was not done, and what it was. */
  refused?: { texts: string[]; chosen: Chosen; toMe: boolean } | undefined;
}

/** More posts than that tell nobody more. */
const MOST_POSTS = 8;
/** Where so many are left, or fewer, the page says how many. */
const FEW = 10;

/** The public page of a product: what it is, what it costs, how to have it, and who sells it. */
export function productPage(frame: Frame, props: ProductPageProps): string {
  const { texts } = frame;
  const { product, merchant, sight, offer, refused } = props;
  const t = texts.product;
  const money = (amount: number): string => formatMoney(amount, merchant.currency, merchant.locale);
  const price = offer?.price ?? product.price;
  const cost = costText(product, price, money, texts);
  const tag = (product.donation && merchant.hashtags.donate[0]) || (merchant.hashtags.add[0] ?? '#AddToCart');
  return renderPage({
    frame,
    title: product.title,
    card: (
      <Card
        title={`${product.title} · ${cost}`}
        text={(product.donation ? texts.donation : t).card(cost, tag, merchant.name)}
        url={`${props.publicUrl}${productPath(merchant.id, product.sku, offer?.offer_post_id ?? undefined)}`}
        image={product.image && new URL(pictureAddress(product.image), props.publicUrl).href}
        site={{ name: merchant.name, username: merchant.username }}
        price={{ amount: priceText(price, merchant.currency), currency: merchant.currency }}
        available={sight.standing === 'free'}
      />
    ),
    children: (
      <>
        <h1>{product.title}</h1>
        {refused && (
          <Note kind="bad">
            <p>
              <strong>{t.refused}</strong>
            </p>
            {refused.texts.map((text) => (
              <p>{text}</p>
            ))}
            {refused.toMe && (
              <p>
                <a href="/me">{t.me}</a>
              </p>
            )}
          </Note>
        )}
        <div class={product.image ? 'product pictured' : 'product'}>
          {product.image && (
            <img src={pictureAddress(product.image)} alt={product.title} width="640" height="640" />
          )}
          <div>
            <p class="price">{cost}</p>
            {offer && <p class="small">{t.offered(money(product.price))}</p>}
            <Besides {...props} frame={frame} money={money} />
            <Promised {...props} frame={frame} />
            <Stock {...props} frame={frame} />
            <ProductForm
              product={product}
              merchant={merchant}
              sight={sight}
              price={price}
              post={offer?.offer_post_id ?? undefined}
              path={productPath(merchant.id, product.sku)}
              chosen={refused?.chosen}
              texts={texts}
            />
          </div>
        </div>
        <HowOnX {...props} frame={frame} tag={tag} money={money} />
        <MerchantLine merchant={merchant} gift={product.donation !== null} texts={texts} />
      </>
    ),
  });
}

/** What one costs; how much a donation may be. */
export const costText = (
  { donation }: Pick<Product, 'donation'>,
  price: number,
  money: (amount: number) => string,
  texts: Texts,
): string =>
  donation ? texts.donation.range(money(donation.minimum), money(donation.maximum)) : money(price);

type Part = ProductPageProps & { frame: Frame };

/** What comes on top of the price, a parcel and tax; and how what is not sent reaches the shopper. */
function Besides({
  product,
  merchant,
  frame: { texts },
  money,
}: Part & { money: (amount: number) => string }) {
  const zones = needsShipping([product]) ? (merchant.shipping?.zones ?? []) : [];
  const least = Math.min(...zones.map(({ rate }) => rate));
  const t = texts.product;
  const said = [
    ...(zones.length > 0 ? [(zones.length > 1 ? t.shippingFrom : t.shipping)(money(least))] : []),
    ...(product.kind === 'digital' || product.kind === 'service' ? [t.comes[product.kind]] : []),
    ...(taxBehaviorOf(merchant) === 'exclusive' ? [texts.connect.taxLater] : []),
  ];
  return said.length > 0 ? <p class="small soft">{said.join(' ')}</p> : null;
}

function Promised({ product, frame: { texts } }: Part) {
  const t = texts.product;
  const { price_policy, promised_hours } = product;
  if (price_policy === 'current') return null;
  const hours =
    promised_hours === null
      ? ''
      : new Intl.NumberFormat(texts.language, { style: 'unit', unit: 'hour', unitDisplay: 'long' }).format(
          promised_hours,
        );
  const lower = hours ? t.lowerFor(hours) : t.lower;
  return <p class="small">{price_policy === 'promised' ? t.promised(hours) : lower}</p>;
}

/** Whether it can be had, in words: numbers only of what is short, and none of what nobody else is to know about. */
function Stock({ product, merchant, sight, frame: { texts } }: Part) {
  const t = texts.product;
  const time = (at: Date): string => timeText(at, merchant, texts);
  const { standing, left, opens, closes, closed } = sight;
  if (closed)
    return (
      <p>
        <span class="tag bad">{texts.cart.unavailable[closed]}</span> {opens && t.opens(time(opens))}
      </p>
    );
  if (standing === 'waiting') return <p>{t.stock.waiting}</p>;
  if (standing === 'sold_out')
    return (
      <p>
        <span class="tag bad">{t.stock.soldOut}</span>
      </p>
    );
  const few = left !== null && left <= FEW;
  const said = product.sensitive || left === null ? '' : few ? t.stock.few(left) : t.stock.plenty;
  return (
    <>
      {said && <p>{said}</p>}
      {closes && <p class="small">{t.closes(time(closes))}</p>}
    </>
  );
}

function HowOnX({
  posts,
  merchant,
  product,
  tag,
  money,
  frame,
}: Part & { tag: string; money: (amount: number) => string }) {
  const t = frame.texts.product;
  if (posts.length === 0) return null;
  return (
    <section class="card" aria-labelledby="on-x">
      <h2 id="on-x">{t.how}</h2>
      <p>{t.howText(exampleOf(product, merchant.currency, tag))}</p>
      <ul>
        {posts.slice(0, MOST_POSTS).map(({ id, price }) => (
          <li>
            <a href={postAddress(merchant.username, id).replace('https://x.com', frame.x)} rel="noreferrer">
              {t.post(dayText(timeOfId(id), merchant, frame.texts))}
            </a>
            {price !== null && (
              <>
                {`: ${t.postOffer(money(price))}, `}
                <a href={productPath(product.merchant_id, product.sku, id)}>{t.offerHere}</a>
              </>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What a reply says: the tag, and how much, of what is given to. */
function exampleOf({ donation }: Product, currency: string, tag: string): string {
  if (!donation) return tag;
  return `${tag} ${Number(priceText(donation.presets[0] ?? donation.minimum, currency))}`;
}

/** What was sold once, and is not any more. */
export function goneProductPage(
  frame: Frame,
  { title, merchant }: { title: string; merchant: { id: string; name: string } | undefined },
): string {
  const t = frame.texts.product.gone;
  return noticePage(
    frame,
    { title: t.title, text: t.text(title) },
    merchant && { href: `/m/${merchant.id}`, text: t.more(merchant.name) },
  );
}
