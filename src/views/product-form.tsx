import type { Merchant, Product } from '../domain/catalog.ts';
import type { ProductSight, Standing } from '../domain/product-sight.ts';
import { AmountField } from './amount-forms.tsx';
import type { Texts } from './texts.ts';

/** What was chosen in the form before it is shown again. */
export interface Chosen {
  choice: string[];
  quantity: number;
  /** Of a donation, in minor units. */
  amount?: number | undefined;
}

interface FormProps {
  product: Pick<Product, 'options' | 'purchase_limit' | 'donation'>;
  merchant: Pick<Merchant, 'currency' | 'locale'>;
  sight: ProductSight;
  /** Of one, in minor units, as the page shows it. */
  price: number;
  /** The post whose offer that is. */
  post: string | undefined;
  path: string;
  chosen: Chosen | undefined;
  texts: Texts;
}

/** The buttons of a product's page, with its options. Nothing, where nobody can have it now. */
export function ProductForm({ product, merchant, sight, price, post, path, chosen, texts }: FormProps) {
  const t = texts.product;
  if (sight.standing === 'closed' || sight.standing === 'sold_out') return null;
  const waits = sight.standing === 'waiting';
  return (
    <form class="product-form" method="post" action={path}>
      <input type="hidden" name="price" value={String(price)} />
      {post && <input type="hidden" name="post" value={post} />}
      {product.options.map(({ name, values }, n) => (
        <label>
          {name}
          <select name={`option${n}`} required>
            <option value="">–</option>
            {values.map(({ value }, v) => (
              <Value
                value={value}
                standing={sight.values[n]?.[v] ?? 'closed'}
                selected={chosen?.choice[n] === value}
                texts={texts}
              />
            ))}
          </select>
        </label>
      ))}
      {product.donation && (
        <AmountField donation={product.donation} {...merchant} given={chosen?.amount} texts={texts} />
      )}
      {!product.donation && (
        <label>
          {texts.cart.quantity}
          <input
            type="number"
            name="quantity"
            min="1"
            max={String(product.purchase_limit ?? 9999)}
            value={String(chosen?.quantity ?? 1)}
            aria-describedby="so-many"
            required
          />
          <small id="so-many">{t.quantityNote}</small>
        </label>
      )}
      <div class="ways">
        <button type="submit" name="way" value="cart" class={waits ? undefined : 'other'}>
          {waits ? t.wait : t.add}
        </button>
        {!waits && (
          <button type="submit" name="way" value="buy">
            {product.donation ? texts.donation.button : t.buy}
          </button>
        )}
      </div>
      <p class="small soft">{t.onTheWay}</p>
    </form>
  );
}

function Value({
  value,
  standing,
  selected,
  texts,
}: {
  value: string;
  standing: Standing;
  selected: boolean;
  texts: Texts;
}) {
  const { waitFor, soldOut } = texts.product;
  const says: Record<Standing, string> = {
    free: value,
    waiting: waitFor(value),
    sold_out: soldOut(value),
    closed: texts.ways.option.closed(value),
  };
  return (
    <option value={value} selected={selected} disabled={standing === 'sold_out' || standing === 'closed'}>
      {says[standing]}
    </option>
  );
}
