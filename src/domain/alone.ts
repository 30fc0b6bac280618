import { hasRole, type Item } from './items.ts';

const PARTS = /^[.,;:!?¡¿()…–—"“”。、，！？؟،]$/u;
const CRIES = /^[!！]$/u;

/**
 * Whether a word like "stop" or "help" is a clause by itself beside a tag: not in "don't stop" or "non-stop", and not
 * where it is a cry beside other words ("Stop!! I love it").
 */
export function saysAlone(items: Item[], role: 'stop' | 'help'): boolean {
  const saysNoMore = (item: Item | undefined): boolean =>
    hasRole(item, role) || hasRole(item, 'units') || hasRole(item, 'fillers');
  const alone = items.every((item) => item.kind === 'tag' || item.kind === 'sign' || saysNoMore(item));
  const clauseBeside = (tag: number, step: 1 | -1): boolean => {
    let [says, cries] = [false, false];
    let at = tag + step;
    const pass = (): void => {
      for (let item = items[at]; item?.kind === 'sign' && PARTS.test(item.text); item = items[at]) {
        cries ||= CRIES.test(item.text);
        at += step;
      }
    };
    pass();
    for (; saysNoMore(items[at]); at += step) says ||= hasRole(items[at], role);
    const end = at;
    pass();
    const ends = at !== end || items[at] === undefined || items[at]?.kind === 'tag';
    return says && ends && (alone || !cries);
  };
  return items.some((item, at) => item.kind === 'tag' && (clauseBeside(at, 1) || clauseBeside(at, -1)));
}
