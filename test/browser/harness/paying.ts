import type { Walker } from './walker.ts';

export interface Address {
  name: string;
  street: string;
  postalCode: string;
  city: string;
  /** As the page calls it. */
  country: string;
}

export async function fillsInAddress({ page }: Walker, address: Address): Promise<void> {
  await page.getByLabel('Full name').fill(address.name);
  await page.getByLabel('Country').selectOption({ label: address.country });
  await page.getByLabel('Street and number').fill(address.street);
  await page.getByLabel('Postal code').fill(address.postalCode);
  await page.getByLabel('City').fill(address.city);
  await page.getByLabel(/^State or region/).fill('');
}

/** Chooses a test card by its last digits. */
export async function choosesCard({ page }: Walker, last4: string): Promise<void> {
  const option = page.getByRole('option', { name: `ending in ${last4}` });
  await page.getByLabel('Test card or account').selectOption((await option.getAttribute('value')) ?? last4);
}

export async function presses(walker: Walker, button: string | RegExp): Promise<void> {
  await walker.follows(walker.page.getByRole('button', { name: button }));
}

/** Waits on the cart's page until our books know of the payment. @returns the number of the order */
export async function isThanked(walker: Walker): Promise<string> {
  const { page } = walker;
  await page.getByRole('heading', { name: 'Thank you, it is yours' }).waitFor();
  const [, order] = /Order (\d+) is paid/.exec(await walker.reads(page.getByRole('status'))) ?? [];
  if (!order) throw new Error('the thank-you page names no order');
  return order;
}
