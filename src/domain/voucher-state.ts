/** How a voucher stands, for staff. */
export function voucherState({
  used_at,
  used_by,
  void: isVoid,
}: {
  used_at: Date | null;
  used_by: string | null;
  void: boolean;
}): { state: 'good' | 'used' | 'void'; text: string } {
  if (used_at) {
    const back = isVoid ? '; it was given back since' : '';
    return { state: 'used', text: `used ${used_at.toISOString()}, taken by ${used_by}${back}` };
  }
  if (isVoid) return { state: 'void', text: 'void: it was given back' };
  return { state: 'good', text: 'good, not used yet' };
}
