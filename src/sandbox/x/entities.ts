import { hashtagsIn } from './hashtags.ts';
import { cashtagsIn, mentionsIn } from './mentions.ts';
import { webAddressesIn } from './web-addresses.ts';

/** A stretch of a text: in UTF-16 units of the text as written, or in code points of the text as X sends it. */
export interface Span {
  start: number;
  end: number;
}

/** What X recognises in a text. Kinds of which there are none are left out (X docs: data dictionary, Post). */
export interface Entities {
  hashtags?: Array<Span & { tag: string }>;
  mentions?: Array<Span & { username: string; id: string }>;
  cashtags?: Array<Span & { tag: string }>;
  urls?: Array<Span & { url: string; expanded_url: string; display_url: string }>;
}

/** X sends a post's text with three characters escaped. */
export const escapeText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** How many code points a text has as X sends it. */
export const lengthAsSent = (text: string): number => [...escapeText(text)].length;

/**
 * The entities of a text, with positions in code points of the text as X sends it.
 *
 * @param userOf whom a username belongs to; mentions of nobody are no entities
 * @param leadsTo where the short address in the text leads, if X put one there
 */
export function entitiesOf(
  text: string,
  userOf: (username: string) => { id: string; username: string } | undefined,
  leadsTo: Record<string, string> = {},
): Entities {
  const urls = webAddressesIn(text);
  const outside = (span: Span): boolean =>
    urls.every((url) => span.end <= url.start || span.start >= url.end);
  const place = <T extends Span>(span: T): T => ({
    ...span,
    start: lengthAsSent(text.slice(0, span.start)),
    end: lengthAsSent(text.slice(0, span.end)),
  });
  const mentions = mentionsIn(text)
    .filter(outside)
    .flatMap(({ username, ...span }) => {
      const user = userOf(username);
      return user ? [{ ...place(span), username: user.username, id: user.id }] : [];
    });
  return withoutEmpty({
    hashtags: hashtagsIn(text).filter(outside).map(place),
    mentions,
    cashtags: cashtagsIn(text).filter(outside).map(place),
    urls: urls.map((url) => describe(place(url), leadsTo[url.url])),
  });
}

/** The entities that lie before a position, for a text that is cut there. */
export const entitiesBefore = (entities: Entities, end: number): Entities =>
  withoutEmpty({
    hashtags: entities.hashtags?.filter((entity) => entity.end <= end),
    mentions: entities.mentions?.filter((entity) => entity.end <= end),
    cashtags: entities.cashtags?.filter((entity) => entity.end <= end),
    urls: entities.urls?.filter((entity) => entity.end <= end),
  });

function describe(found: Span & { url: string }, leadsTo?: string) {
  const expanded_url = leadsTo ?? (/^https?:/i.test(found.url) ? found.url : `http://${found.url}`);
  const bare = expanded_url.replace(/^https?:\/\/(?:www\.)?/i, '');
  return { ...found, expanded_url, display_url: bare.length > 26 ? `${bare.slice(0, 26)}…` : bare };
}

function withoutEmpty(entities: { [K in keyof Entities]: Entities[K] | undefined }): Entities {
  return Object.fromEntries(Object.entries(entities).filter(([, found]) => found?.length)) as Entities;
}
