/** A card that Stripe keeps, as people tell it from others. */
export interface KeptCard {
  /** Stripe's pm_… id. */
  id: string;
  brand: string;
  last4: string;
  exp_month: number;
  exp_year: number;
}

/** Whether a card's last month is over. */
export function isExpired(
  { exp_year, exp_month }: Pick<KeptCard, 'exp_year' | 'exp_month'>,
  at: Date,
): boolean {
  return Date.UTC(exp_year, exp_month, 1) <= at.getTime();
}

const BRANDS: Record<string, string> = {
  amex: 'American Express',
  diners: 'Diners Club',
  jcb: 'JCB',
  unionpay: 'UnionPay',
};

/** "Visa •••• 4242" */
export function cardName({ brand, last4 }: Pick<KeptCard, 'brand' | 'last4'>): string {
  const name = BRANDS[brand] ?? brand.charAt(0).toUpperCase() + brand.slice(1);
  return `${name} •••• ${last4}`;
}
