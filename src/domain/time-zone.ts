const zones = new Set(Intl.supportedValuesOf('timeZone'));

/** Whether times can be written by the clocks of this zone here. Other machines may know others. */
export function isTimeZone(name: string): boolean {
  if (zones.has(name)) return true;
  // It may be another name of one, as UTC or Europe/Kiev. To try costs more, and every mail asks.
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** The first of these that is a time zone here. @param wishes the most important first */
export const timeZoneOf = (...wishes: Array<string | null | undefined>): string =>
  wishes.find((wish) => wish && isTimeZone(wish)) ?? 'UTC';

/** The time zones that people may choose, by continent: Europe/Rome. */
export function zonesByRegion(): Map<string, string[]> {
  const regions = new Map<string, string[]>();
  for (const zone of zones) {
    const [region = '', place] = zone.split('/');
    if (place) regions.set(region, [...(regions.get(region) ?? []), zone]);
  }
  return regions;
}
