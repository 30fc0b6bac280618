import { type Frame, renderPage } from './page.tsx';

/** A legal text: paragraphs under headings, in the shopper's language. */
export type LegalText = Array<{ heading: string; paragraphs: string[] }>;

export function legalPage(frame: Frame, title: string, text: LegalText): string {
  return renderPage({
    frame,
    title,
    children: (
      <>
        <h1>{title}</h1>
        {text.map(({ heading, paragraphs }) => (
          <section>
            <h2>{heading}</h2>
            {paragraphs.map((paragraph) => (
              <p>{paragraph}</p>
            ))}
          </section>
        ))}
      </>
    ),
  });
}
