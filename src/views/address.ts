import type { ShipTo } from '../domain/order.ts';

/** The lines of an address, as they stand on a parcel; none where nothing is sent. */
export function addressLines(shipTo: ShipTo | null): string[] {
  if (!shipTo) return [];
  const { line1, line2, city, state, postal_code, country } = shipTo.address;
  const parts = [shipTo.name, line1, line2, [postal_code, city, state].filter(Boolean).join(' '), country];
  return parts.filter((part): part is string => Boolean(part));
}

/** An address in one line. */
export const addressLine = (shipTo: ShipTo): string => addressLines(shipTo).join(', ');
