import { Hono } from 'hono';
import { z } from 'zod';
import { removeCard } from '../actions/grant.ts';
import type { Context } from '../context.ts';
import { addressOf, removeAddressOf, setAddress } from '../db/addresses.ts';
import { cardsOf } from '../db/customers.ts';
import { grantsOf } from '../db/grants.ts';
import { countriesOf } from '../domain/shipping.ts';
import { addressPage, type KeptProps } from '../views/me-cards.tsx';
import { addressFields, shipToOf } from './address-form.ts';
import { readForm } from './forms.ts';
import { frameOf } from './frame.ts';
import { signedIn } from './session.ts';
import { signInFor } from './way-back.ts';

/** The cards and the address that shoppers keep. */
export function keptRoutes(context: Context): Hono {
  const { db } = context;
  const countries = async (): Promise<string[]> => {
    const merchants = [...((await context.catalog())?.merchants.values() ?? [])];
    return [...new Set(merchants.flatMap(({ shipping }) => (shipping ? countriesOf(shipping) : [])))].sort();
  };
  return new Hono()
    .post('/me/cards/remove', async (c) => {
      const shopper = await signedIn(context, c);
      if (!shopper) return c.redirect('/link', 303);
      const form = await readForm(c, z.object({ card: z.string().max(255) }));
      if (form) await removeCard(context, shopper.x_user_id, form.card);
      return c.redirect('/me?saved', 303);
    })
    .get('/me/address', async (c) => {
      const shopper = await signedIn(context, c);
      if (!shopper) return c.redirect(signInFor('/me/address'), 303);
      const address = await addressOf(db, shopper.x_user_id);
      return c.html(addressPage(frameOf(context, c), { address, countries: await countries() }));
    })
    .post('/me/address', async (c) => {
      const shopper = await signedIn(context, c);
      if (!shopper) return c.redirect('/link', 303);
      const form = await readForm(c, z.object(addressFields));
      const allowed = await countries();
      if (form && allowed.includes(form.country)) {
        await setAddress(db, shopper.x_user_id, shipToOf(form));
        return c.redirect('/me?saved', 303);
      }
      const frame = frameOf(context, c);
      const address = await addressOf(db, shopper.x_user_id);
      const problem = frame.texts.buyNow.address.invalid;
      return c.html(addressPage(frame, { address, countries: allowed, problem }), 422);
    })
    .post('/me/address/remove', async (c) => {
      const shopper = await signedIn(context, c);
      if (!shopper) return c.redirect('/link', 303);
      await removeAddressOf(db, shopper.x_user_id);
      return c.redirect('/me?saved', 303);
    });
}

/** What a shopper keeps, for their own page. */
export async function keptOf({ db, catalog }: Context, shopper_id: string): Promise<KeptProps> {
  const merchants = (await catalog())?.merchants;
  const grants = (await grantsOf(db, shopper_id)).map((grant) => {
    const merchant = merchants?.get(grant.merchant_id);
    return { grant, merchant: merchant?.name ?? grant.merchant_id, locale: merchant?.locale ?? 'en' };
  });
  return { cards: await cardsOf(db, shopper_id), address: await addressOf(db, shopper_id), grants };
}
