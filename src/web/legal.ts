import { Hono } from 'hono';
import type { Context } from '../context.ts';
import { productPath } from '../domain/product-path.ts';
import { legalPage } from '../views/legal.tsx';
import { merchantPage } from '../views/merchant.tsx';
import { homePage } from '../views/shopper.tsx';
import { frameOf } from './frame.ts';

/** Pages that are the same for everybody. */
export function legalRoutes(context: Context): Hono {
  const { config, catalog } = context;
  return new Hono()
    .get('/', (c) => (config.sandbox ? c.redirect('/sandbox') : c.html(homePage(frameOf(context, c)))))
    .get('/privacy', (c) => {
      const frame = frameOf(context, c);
      const { title, text } = frame.texts.privacy;
      return c.html(
        legalPage(
          frame,
          title,
          text({ held: config.HELD_DAYS, text: config.KEEP_TEXT_DAYS, link: config.LINK_DAYS }),
        ),
      );
    })
    .get('/terms', (c) => {
      const frame = frameOf(context, c);
      return c.html(legalPage(frame, frame.texts.terms.title, frame.texts.terms.text));
    })
    .get('/m/:merchant', async (c) => {
      const current = await catalog();
      const merchant = current?.merchants.get(c.req.param('merchant'));
      if (!merchant) return c.notFound();
      const products = [...(current?.products.get(merchant.id)?.values() ?? [])].map((product) => ({
        product,
        path: productPath(merchant.id, product.sku),
      }));
      return c.html(merchantPage(frameOf(context, c), merchant, products));
    });
}
