import type { Random } from '../bench/workload/random.ts';
import { callItFraud, cancelIt, swapIt, wantItBack } from './after.ts';
import { buyByReply, giveOnAPage, keepTheirCard } from './cards.ts';
import {
  askedByTheirBank,
  changeTheirMind,
  declinedFirst,
  inTwoTabs,
  leave,
  payByDebit,
  payOnce,
  payTwice,
} from './paying.ts';
import type { Shopper } from './shopper.ts';
import { useIt } from './using.ts';

/** How shoppers go on once something is in their cart. */
type Way = (shopper: Shopper) => Promise<unknown>;

/** Each with the share of shoppers that goes it, in percent. */
const WAYS: Array<[share: number, way: Way]> = [
  [12, payOnce],
  [6, declinedFirst],
  [6, askedByTheirBank],
  [6, payByDebit],
  [8, inTwoTabs],
  [7, changeTheirMind],
  [4, payTwice],
  [8, wantItBack],
  [7, cancelIt],
  [5, swapIt],
  [6, callItFraud],
  [8, keepTheirCard],
  [10, buyByReply],
  [3, giveOnAPage],
  [3, useIt],
  [1, leave],
];

export function wayOf(random: Random): Way {
  let place = random.below(100);
  for (const [share, way] of WAYS) {
    place -= share;
    if (place < 0) return way;
  }
  return leave;
}
