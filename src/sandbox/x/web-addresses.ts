import type { Span } from './entities.ts';

const ENDINGS =
  'com|org|net|edu|gov|info|biz|app|dev|shop|store|online|blog|news|xyz|ac|ad|ae|af|ag|ai|al|am|ao|ar|as|at|au|aw|ax|az|ba|bb|bd|be|bf|bg|bh|bi|bj|bm|bn|bo|br|bs|bt|bw|by|bz|ca|cc|cd|cf|cg|ch|ci|ck|cl|cm|cn|co|cr|cu|cv|cw|cx|cy|cz|de|dj|dk|dm|do|dz|ec|ee|eg|er|es|et|eu|fi|fj|fk|fm|fo|fr|ga|gd|ge|gf|gg|gh|gi|gl|gm|gn|gp|gq|gr|gs|gt|gu|gw|gy|hk|hm|hn|hr|ht|hu|id|ie|il|im|in|io|iq|ir|is|it|je|jm|jo|jp|ke|kg|kh|ki|km|kn|kp|kr|kw|ky|kz|la|lb|lc|li|lk|lr|ls|lt|lu|lv|ly|ma|mc|md|me|mg|mh|mk|ml|mm|mn|mo|mp|mq|mr|ms|mt|mu|mv|mw|mx|my|mz|na|nc|ne|nf|ng|ni|nl|no|np|nr|nu|nz|om|pa|pe|pf|pg|ph|pk|pl|pm|pn|pr|ps|pt|pw|py|qa|re|ro|rs|ru|rw|sa|sb|sc|sd|se|sg|sh|si|sk|sl|sm|sn|so|sr|ss|st|su|sv|sx|sy|sz|tc|td|tf|tg|th|tj|tk|tl|tm|tn|to|tr|tt|tv|tw|tz|ua|ug|uk|us|uy|uz|va|vc|ve|vg|vi|vn|vu|wf|ws|ye|yt|za|zm|zw';
const BEFORE = '(?<![A-Za-z0-9@＠$#＃])';
const LABEL = '[\\p{L}\\p{N}](?:[\\p{L}\\p{N}_-]*[\\p{L}\\p{N}])?';
const PATH =
  '(?:[/?#][\\p{Script=Latin}\\p{Script=Cyrillic}\\p{N}!*\'";:=+,.$%&@~_|#/?()\\[\\]\\u2013-]*)?(?![@＠])';
/** X's own short addresses end with their letters and digits, whatever follows. */
const SHORT = `${BEFORE}https?://t\\.co/[a-z0-9_]{1,40}(?![a-z0-9_])(?:\\?[^\\s]*)?`;
const WITH_PROTOCOL = `${BEFORE}https?://(?!t\\.co/)(?:${LABEL}\\.)+(?:xn--[a-z0-9-]+|\\p{L}{2,})(?![\\p{L}\\p{N}_-])(?::\\d+)?${PATH}`;
/** Without `https://` the host is in Latin letters and its ending one that exists. */
const WITHOUT = `(?<![A-Za-z0-9@＠$#＃._/-])(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\\.)+(?:${ENDINGS})(?![A-Za-z0-9@＠_+-]|\\.[a-z0-9])${PATH}`;
const ADDRESS = new RegExp(`${SHORT}|${WITH_PROTOCOL}|${WITHOUT}`, 'giu');

/** The web addresses in a text, as X would find them to link them. */
export function webAddressesIn(text: string): Array<Span & { url: string }> {
  return [...text.matchAll(ADDRESS)].map((match) => {
    const url = withoutPunctuation(match[0]);
    return { url, start: match.index, end: match.index + url.length };
  });
}

/** A sentence's punctuation after an address, or the bracket around it, does not belong to it. */
function withoutPunctuation(url: string): string {
  const shorter = url.replace(/(?<![.,:;!?'"])[.,:;!?'"]+$/, '');
  const open = shorter.split('(').length;
  if (shorter.endsWith(')') && shorter.split(')').length > open)
    return withoutPunctuation(shorter.slice(0, -1));
  return shorter;
}
