import { Hono, type Context as Request } from 'hono';
import { z } from 'zod';
import { takeVoucher, voucherOfCode } from '../actions/use-voucher.ts';
import type { Context } from '../context.ts';
import { voucherPage } from '../views/support-vouchers.tsx';
import { readForm } from './forms.ts';
import { frameOf } from './frame.ts';
import type { Signed } from './support-order-route.ts';

const typed = z.object({ code: z.string().trim().max(40) });

/** Codes for services: staff look them up, and take them. A code is worth money: it stands in no address. */
export function voucherRoutes(context: Context): Hono<Signed> {
  const answer = async (c: Request<Signed>, take: boolean): Promise<Response> => {
    const { merchant_id, role, email } = c.get('staff');
    const code = (await readForm(c, typed))?.code ?? '';
    const found = await voucherOfCode(context, code, merchant_id);
    const mayUse = role !== 'viewer';
    const result = found && take && mayUse ? await takeVoucher(context, found, email) : undefined;
    const { taken, voucher = found } = result ?? {};
    const page = voucherPage(frameOf(context, c), { code, voucher, taken, mayUse, merchant_id });
    return c.html(page, result && !taken ? 409 : 200);
  };
  return new Hono<Signed>()
    .get('/support/vouchers', (c) => {
      const { merchant_id, role } = c.get('staff');
      const mayUse = role !== 'viewer';
      return c.html(voucherPage(frameOf(context, c), { code: '', voucher: undefined, mayUse, merchant_id }));
    })
    .post('/support/vouchers', (c) => answer(c, false))
    .post('/support/vouchers/use', (c) => answer(c, true));
}
