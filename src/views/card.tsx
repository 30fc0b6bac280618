/** What X and others show of a page when its address is pasted. */
export interface CardProps {
  title: string;
  text: string;
  /** The page's own address. */
  url: string;
  image: string | null;
  /** Who sells. */
  site: { name: string; username: string };
  price: { amount: string; currency: string };
  available: boolean;
}

/**
 * The metadata of a product's page. Card tags go first with X, Open Graph's stand in for what they leave out (X docs: cards
 * markup); titles are cut after 70 characters, so the price is in it and in the text.
 */
export function Card({ title, text, url, image, site, price, available }: CardProps) {
  const named: Array<[name: string, content: string]> = [
    ['description', text],
    ['twitter:card', image ? 'summary_large_image' : 'summary'],
    ['twitter:site', `@${site.username}`],
    ['twitter:title', title],
    ['twitter:description', text],
    ...(image ? ([['twitter:image', image]] as Array<[string, string]>) : []),
    ...(image ? ([['twitter:image:alt', title]] as Array<[string, string]>) : []),
  ];
  const properties: Array<[property: string, content: string]> = [
    ['og:type', 'product'],
    ['og:site_name', site.name],
    ['og:title', title],
    ['og:description', text],
    ['og:url', url],
    ...(image ? ([['og:image', image]] as Array<[string, string]>) : []),
    ['product:price:amount', price.amount],
    ['product:price:currency', price.currency],
    ['product:availability', available ? 'in stock' : 'out of stock'],
  ];
  return (
    <>
      <link rel="canonical" href={url} />
      {named.map(([name, content]) => (
        <meta name={name} content={content} />
      ))}
      {properties.map(([property, content]) => (
        <meta property={property} content={content} />
      ))}
    </>
  );
}
