import type { Texts } from './texts.ts';

interface ParcelProps {
  /** Where the form goes. */
  action: string;
  order: { id: string; carrier?: string | null; tracking?: string | null };
  texts: Texts;
}

/** That an order is on its way, and with whom. */
export function ParcelForm({ action, order, texts }: ParcelProps) {
  const t = texts.after.ship;
  return (
    <form method="post" action={action}>
      <input type="hidden" name="order" value={order.id} />
      <label>
        {t.carrier}
        <input name="carrier" maxlength={60} autocomplete="off" value={order.carrier ?? ''} />
      </label>
      <label>
        {t.tracking}
        <input name="tracking" maxlength={300} autocomplete="off" value={order.tracking ?? ''} />
      </label>
      <button type="submit" aria-label={t.buttonOf(order.id)}>
        {t.button}
      </button>
    </form>
  );
}
