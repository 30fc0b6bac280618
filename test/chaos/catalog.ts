import path from 'node:path';
import { aFolder } from '../harness/folder.ts';
import { campaignWith } from '../harness/selling.ts';

/** Posts that only the chaos knows. */
export const FUND = '2080761477550000001';
export const CLASS = '2080761477550000002';
export const PACK = '2080761416682618408';

const MORE = `      - sku: FUND
        title: "A new roof for the kiln"
        kind: donation
        donation: { minimum: "5.00", maximum: "500.00", presets: ["10.00", "25.00"] }
        posts: [https://x.com/shop/status/${FUND}]
      - sku: CLASS
        title: "Evening at the wheel"
        price: "45.00"
        kind: service
        posts: [https://x.com/shop/status/${CLASS}]
`;

/** The campaign of the tests, where replies can also buy at once and give. Returns the path of the file. */
export function chaosCatalog(): string {
  const text = campaignWith(
    ['      remove: [', '      buy: ["#BuyNow"]\n      donate: ["#Donate"]\n      remove: ['],
    ['      - sku: LAMP\n', `${MORE}      - sku: LAMP\n`],
  );
  return path.join(aFolder({ 'campaign.yaml': text }), 'campaign.yaml');
}
