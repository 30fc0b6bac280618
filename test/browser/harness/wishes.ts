import type { Address } from './paying.ts';

/** What somebody orders from a post of the example catalog, and what it should cost them. */
export interface Order {
  /** Words that only this post has. */
  post: string;
  /** What they reply; the post has told them the hashtag. */
  reply: (tag: string) => string;
  sku: string;
  title: string;
  quantity: number;
  merchant: string;
  merchantMail: string;
  /** The price of all pieces, and with shipping. */
  items: string;
  total: string;
  /** Its shipping costs differ by country: the cart asks where to. */
  asksForCountry?: boolean;
  address: Address;
  /** What a parcel's label needs of it. */
  addressLines: string[];
}

const kiln = { merchant: 'Kiln & Clay', merchantMail: 'hello@kilnandclay.example' };
const home: Pick<Order, 'address' | 'addressLines'> = {
  address: {
    name: 'Robin Walker',
    street: '7 Test Lane',
    postalCode: '97202',
    city: 'Portland',
    country: 'United States',
  },
  addressLines: ['Robin Walker', '7 Test Lane', '97202 Portland', 'US'],
};

export const mug: Order = {
  ...kiln,
  ...home,
  post: 'speckled stoneware mug, 350 ml',
  reply: (tag) => tag,
  sku: 'MUG',
  title: 'Speckled stoneware mug',
  quantity: 1,
  items: '$24.00',
  total: '$29.90 USD',
};

export const mugs: Order = {
  ...mug,
  reply: (tag) => `So pretty! ${tag} x2 please`,
  quantity: 2,
  items: '$48.00',
  total: '$53.90 USD',
};

/** From 75.00 on shipping is free. */
export const sixMugs: Order = {
  ...mug,
  reply: (tag) => `${tag} 6`,
  quantity: 6,
  items: '$144.00',
  total: '$144.00 USD',
};

/** One of the two things that a post offers. */
export const bowl: Order = {
  ...kiln,
  ...home,
  post: 'Breakfast set',
  reply: (tag) => `the bowl for me ${tag}`,
  sku: 'BOWL',
  title: 'Ramen bowl, tenmoku glaze',
  quantity: 1,
  items: '$32.00',
  total: '$37.90 USD',
};

export const record: Order = {
  merchant: 'Night Owl Records',
  merchantMail: 'post@nightowl.example',
  post: 'Twelve inches of night',
  reply: (tag) => `at last 🦉 ${tag}`,
  sku: 'LP',
  title: 'Moth Lamps (12-inch vinyl)',
  quantity: 1,
  items: '£28.00',
  total: '£32.50 GBP',
  address: {
    name: 'Zoë Müller',
    street: 'Kastanienallee 5',
    postalCode: '10435',
    city: 'Berlin',
    country: 'Germany',
  },
  addressLines: ['Zoë Müller', 'Kastanienallee 5', '10435 Berlin', 'DE'],
};

/** In a currency without decimals, which its own country writes with a wide sign. */
export const beans: Order = {
  merchant: 'Kissaten Nami',
  merchantMail: 'nami@kissaten.example',
  post: 'ハウスブレンド',
  reply: (tag) => `${tag} x3`,
  sku: 'BEANS',
  title: 'House blend, 200 g beans',
  quantity: 3,
  items: '￥5,400',
  total: '￥6,300 JPY',
  asksForCountry: true,
  address: {
    name: '山田花子',
    street: '北沢3-14-1',
    postalCode: '155-0031',
    city: '世田谷区',
    country: 'Japan',
  },
  addressLines: ['山田花子', '北沢3-14-1', '155-0031 世田谷区', 'JP'],
};

/** Words that only one post of the example catalog has each. */
export const posts = {
  mug: mug.post,
  breakfast: bowl.post,
  record: record.post,
  book: 'Glazes at home',
  album: 'Moth Lamps as a download',
  shirt: 'The tour shirt',
};
