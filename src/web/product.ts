import { Hono, type Context as Request } from 'hono';
import { z } from 'zod';
import type { Context } from '../context.ts';
import { readTypedAmount } from '../domain/amount-text.ts';
import { productPath } from '../domain/product-path.ts';
import { readCookie } from './cookies.ts';
import { readForm } from './forms.ts';
import { showProduct } from './product-page.ts';
import { fulfilWish, rememberWish, type Wished } from './product-wish.ts';
import { signedIn } from './session.ts';

/** Caches may keep a page of a product that knows nothing of who looks at it for so long. */
const FRESH_SECONDS = 60;

const number = z
  .string()
  .regex(/^\d{1,9}$/)
  .transform(Number);
const postId = z.string().regex(/^\d{1,19}$/);
const form = z.looseObject({
  quantity: number.pipe(z.number().min(1).max(9999)).optional(),
  amount: z.string().trim().max(20).optional(),
  price: number,
  post: postId.optional(),
  way: z.enum(['cart', 'buy']).catch('cart'),
});

/**
 * The public page of a product, and its buttons. Looking at it changes nothing. Who presses a button and has not signed in
 * does so first; then what they asked for is done without asking again.
 */
export function productRoutes(context: Context): Hono {
  return new Hono()
    .get('/p/:merchant/:sku', async (c) => {
      const post = postId.safeParse(c.req.query('post')).data;
      const { merchant, sku } = c.req.param();
      const page = await showProduct(context, c, merchant, sku, { post });
      if (page.status === 200) letCachesKeep(context, c, page);
      return page;
    })
    .post('/p/:merchant/:sku', async (c) => {
      const { merchant, sku } = c.req.param();
      const filled = await readForm(c, form);
      const product = (await context.catalog())?.products.get(merchant)?.get(sku);
      const currency = (await context.catalog())?.merchants.get(merchant)?.currency;
      // A gift is one, of so much; everything else is so many.
      const amount = product?.donation ? readTypedAmount(filled?.amount ?? '', currency ?? '') : undefined;
      const quantity = product?.donation ? 1 : filled?.quantity;
      if (!filled || !product || !quantity) return c.redirect(productPath(merchant, sku), 303);
      const wish: Wished = {
        ...{ merchant_id: merchant, sku, quantity, amount, price: amount ?? filled.price },
        ...{ way: filled.way, post: filled.post },
        choice: product.options.map((_, n) => String(filled[`option${n}`] ?? '').slice(0, 200)),
      };
      const shopper = await signedIn(context, c);
      if (shopper) return fulfilWish(context, c, shopper, wish);
      rememberWish(context, c, wish);
      return c.redirect('/link', 303);
    });
}

/** The page speaks the reader's language: their own where they have signed in, else their browser's. */
function letCachesKeep({ config }: Context, c: Request, page: Response): void {
  const known = readCookie(c, config, 'session') !== undefined;
  page.headers.set('cache-control', known ? 'private, no-cache' : `public, max-age=${FRESH_SECONDS}`);
  page.headers.append('vary', 'Accept-Language, Cookie');
}
