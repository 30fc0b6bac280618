/** The people and posts with which the sandbox begins. Merchants and posts belong to catalog.example.yaml. */

export interface DemoUser {
  id: string;
  username: string;
  name: string;
  /** What X knows and tells an app that may ask; without one the shopper has to type it. */
  email?: string;
}

/** Shoppers to play. */
export const demoShoppers: DemoUser[] = [
  { id: '7000000000000000201', username: 'sam_shops', name: 'Sam', email: 'sam@mail.example' },
  { id: '7000000000000000202', username: 'noor_reads', name: 'Noor', email: 'noor@mail.example' },
  { id: '7000000000000000203', username: 'kenji_h', name: 'Kenji', email: 'kenji@mail.example' },
  { id: '7000000000000000204', username: 'ada_nomail', name: 'Ada (no e-mail at X)' },
];

const how = (tag: string) =>
  `Reply ${tag} and it waits in your cart; pay later, or never. First time? Link your account once: LINK`;

/** What the posts of the example catalog say, by their ids. LINK stands for the address of /link. */
export const demoPosts: Record<string, string> = {
  '2123702889477046273': `Fresh from the kiln: the speckled stoneware mug, 350 ml, dishwasher-proof. $24. ${how('#AddToCart')}`,
  '2123733088465846280': `Three ramen bowls in tenmoku glaze survived the firing. $32 each, when they are gone they are gone. ${how('#AddToCart')}`,
  '2123763287454646287': `Our little book is here: Glazes at home, 84 pages (PDF). $9, and it is in your mail a moment after you pay. ${how('#AddToCart')}`,
  '2123914282398646322': `Breakfast set, as seen in the studio: the mug ($24) and the bowl ($32). Reply #AddToCart with “mug” or “bowl” and it waits in your cart. First time? Link your account once: LINK`,
  '2123944481387446330': `Eight seats, eight wheels, two hours of clay: our evening at the wheel. $48 a seat; a code by mail lets you in. ${how('#AddToCart')}`,
  '2123974680376246337': `Winter is coming to the pier. Reply #Donate and how much, as “#Donate 15”, and it waits in your cart until you pay. First time? Link your account once: LINK`,
  '2123793486443446294': `MOTH LAMPS is out. Twelve inches of night: £28. ${how('#AddToBasket')}`,
  '2123823685432246301': `No turntable? Moth Lamps as a download, £9. ${how('#AddToBasket')}`,
  '2123853884421046308': `The tour shirt, black or moss, S to L. £22. ${how('#AddToBasket')}`,
  '2123884083409846315': `ハウスブレンド 200g ¥1,800。 Our house blend, roasted on Thursdays. ${how('#AddToCart')}`,
};
