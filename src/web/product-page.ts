import type { Context as Request } from 'hono';
import type { Context } from '../context.ts';
import { formerProduct, postsOffering } from '../db/product-page.ts';
import { choicesOf } from '../db/questions.ts';
import { offerOf } from '../domain/page-order.ts';
import { sightOf } from '../domain/product-sight.ts';
import { goneProductPage, type ProductPageProps, productPage } from '../views/product.tsx';
import { frameOf } from './frame.ts';
import { allowImages } from './image-policy.ts';

/**
 * Shows a product's page. What is not sold any more is told as gone, and what never was as not found.
 *
 * @param given the post whose offer is asked for, and why a wish was not done
 */
export async function showProduct(
  context: Context,
  c: Request,
  merchant_id: string,
  sku: string,
  given: { post?: string | undefined; refused?: ProductPageProps['refused'] } = {},
) {
  const { db, now, config } = context;
  const catalog = await context.catalog();
  const merchant = catalog?.merchants.get(merchant_id);
  const product = catalog?.products.get(merchant_id)?.get(sku);
  const frame = frameOf(context, c);
  if (!catalog || !merchant || !product) {
    const former = await formerProduct(db, merchant_id, sku);
    return former ? c.html(goneProductPage(frame, former), 410) : c.notFound();
  }
  allowImages(c, product.image ? [product.image] : []);
  const variants = await choicesOf(db, { merchant_id, shopper_id: null }, [sku]);
  return c.html(
    productPage(frame, {
      product,
      merchant,
      sight: sightOf(product, variants, now()),
      offer: offerOf(product, given.post, catalog),
      posts: await postsOffering(db, merchant_id, sku),
      publicUrl: config.PUBLIC_URL,
      refused: given.refused,
    }),
    given.refused ? 409 : 200,
  );
}
