import { formatMoney } from '../domain/currency.ts';
import { type Block, lineName, type Mail, sums } from './mail-blocks.ts';
import type { Texts } from './texts.ts';

const FONT = "font-family:-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
/** Names and addresses may have no place to break: they must not make a mail wider than a phone. */
const BREAK = 'word-break:break-word;overflow-wrap:anywhere';
const ACCENT = '#0b6e5f';
const PREVIEW = 140;
/** Mail programs that know dark mode follow these; the others show the light colours in the tags. */
const DARK = `
  :root { color-scheme: light dark; supported-color-schemes: light dark; }
  @media (prefers-color-scheme: dark) {
    .page { background: #14181c !important; }
    .card { background: #1d2329 !important; }
    .ink { color: #e8ecef !important; }
    .soft { color: #a3adb6 !important; }
    .rule { border-color: #38424b !important; }
    a.plain { color: #62d2bf !important; }
  }`;

/** A mail as HTML, for mail programs old and new: tables, styles in the tags, 600 pixels wide. */
export function toHtml(
  title: string,
  { preview, blocks, footer }: Omit<Mail, 'subject'>,
  texts: Texts,
): string {
  const cell = 'padding:24px';
  return (
    <html lang={texts.language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <meta name="color-scheme" content="light dark" />
        <title>{title}</title>
        <style>{DARK}</style>
      </head>
      <body class="page" style="margin:0;background:#f3f5f6">
        <div style="display:none;max-height:0;overflow:hidden">{shown(preview ?? previewOf(blocks))}</div>
        <table
          role="presentation"
          class="page"
          width="100%"
          cellpadding="0"
          cellspacing="0"
          style="background:#f3f5f6"
        >
          <tr>
            <td align="center" style="padding:24px 12px">
              <table
                role="presentation"
                width="600"
                cellpadding="0"
                cellspacing="0"
                style={`max-width:600px;width:100%;${FONT};${BREAK}`}
              >
                <tr>
                  <td class="card" style={`background:#ffffff;border-radius:12px;${cell}`}>
                    <div role="main">
                      <h1 class="ink" style={`${INK};font-size:22px;line-height:1.3;margin:0 0 16px`}>
                        {title}
                      </h1>
                      {blocks.map((block) => (
                        <BlockHtml block={block} texts={texts} />
                      ))}
                    </div>
                  </td>
                </tr>
                <tr>
                  <td style={cell}>
                    <div role="contentinfo">
                      {footer.map((block) => (
                        <BlockHtml block={block} texts={texts} />
                      ))}
                    </div>
                  </td>
                </tr>
              </table>
            </td>
          </tr>
        </table>
      </body>
    </html>
  ).toString();
}

/** The mail's own words, as far as they come before anything that names products. */
function previewOf(blocks: Block[]): string {
  const end = blocks.findIndex(({ kind }) => kind === 'list' || kind === 'lines');
  const before = end === -1 ? blocks : blocks.slice(0, end);
  return before.flatMap((block) => (block.kind === 'paragraph' ? block.text : [])).join(' ');
}

/** Filled up with what nobody sees: else mail programs would go on with the mail's first lines. */
const shown = (preview: string): string =>
  [...preview].slice(0, PREVIEW).join('') + '\u00a0\u200c'.repeat(PREVIEW);

const INK = 'color:#1b2226;font-size:16px;line-height:1.5';
const SOFT = 'color:#5a6670;font-size:13px;line-height:1.5';

const CHOICE = `display:inline-block;color:${ACCENT};border:1px solid #b9c4c9;text-decoration:none;font-weight:600;font-size:16px;padding:11px 16px;margin:0 4px 8px 0;border-radius:8px`;

function BlockHtml({ block, texts }: { block: Block; texts: Texts }) {
  switch (block.kind) {
    case 'heading':
      return (
        <h2 class="ink" style={`${INK};font-size:20px;margin:24px 0 8px`}>
          {block.text}
        </h2>
      );
    case 'paragraph':
      return (
        <p class="ink" style={`${INK};margin:0 0 12px`}>
          {block.text}
        </p>
      );
    case 'small':
      return (
        <p class="soft" style={`${SOFT};margin:0 0 8px`}>
          {block.text}
        </p>
      );
    case 'list':
      return (
        <ul class="ink" style={`${INK};margin:0 0 12px;padding-left:20px`}>
          {block.items.map((item) => (
            <li style="margin-bottom:6px">{item}</li>
          ))}
        </ul>
      );
    case 'address':
      return (
        <p class="ink" style={`${INK};margin:0 0 12px`}>
          {block.items.map((item, n) => (
            <>
              {n > 0 && <br />}
              {item}
            </>
          ))}
        </p>
      );
    case 'code':
      return (
        <p class="ink" style={`${INK};font-size:32px;letter-spacing:6px;font-weight:700;margin:16px 0`}>
          {block.text}
        </p>
      );
    case 'voucher':
      return (
        <p
          class="ink rule"
          style={`${INK};font-family:ui-monospace,Menlo,Consolas,monospace;font-size:22px;font-weight:700;border:1px dashed #b9c4c9;border-radius:8px;padding:12px 16px;margin:0 0 16px`}
        >
          {block.text}
        </p>
      );
    case 'button':
      return (
        <p style="margin:20px 0">
          <a
            href={block.href}
            style={`display:inline-block;background:${ACCENT};color:#ffffff;text-decoration:none;font-weight:600;font-size:16px;padding:14px 24px;border-radius:8px`}
          >
            {block.text}
          </a>
        </p>
      );
    case 'link':
      return (
        <p style={`${SOFT};margin:0 0 4px`}>
          <a class="plain" href={block.href} style={`color:${ACCENT}`}>
            {block.text}
          </a>
        </p>
      );
    case 'choices':
      return (
        <p style="margin:12px 0">
          {block.items.map(({ text, href }) => (
            <>
              <a class="plain rule" href={href} style={CHOICE}>
                {text}
              </a>{' '}
            </>
          ))}
        </p>
      );
    case 'lines':
      return <LinesHtml {...block} texts={texts} />;
  }
}

function LinesHtml({
  lines,
  totals,
  currency,
  locale,
  texts,
}: Extract<Block, { kind: 'lines' }> & { texts: Texts }) {
  const money = (amount: number): string => formatMoney(amount, currency, locale);
  const cell = `${INK};padding:10px 0;border-bottom:1px solid #e3e8eb;vertical-align:top`;
  const right = `${cell};text-align:right;white-space:nowrap;word-break:normal;overflow-wrap:normal;padding-left:16px`;
  return (
    <table
      role="presentation"
      width="100%"
      cellpadding="0"
      cellspacing="0"
      style="margin:8px 0 12px;border-collapse:collapse"
    >
      {lines.map((line) => (
        <tr>
          <td class="ink rule" style={cell}>
            {lineName(line)}
            {(line.note || line.quantity > 1) && (
              <span class="soft" style={`${SOFT};display:block`}>
                {line.note ?? texts.mail.sum.each(money(line.price))}
              </span>
            )}
          </td>
          <td class="ink rule" style={right}>
            {line.note ? '–' : money(line.price * line.quantity)}
          </td>
        </tr>
      ))}
      {sums(totals, texts, { currency, locale }).map(([name, amount], n, all) => (
        <tr>
          <td class="ink rule" style={n === all.length - 1 ? `${cell};font-weight:700;border:0` : cell}>
            {name}
          </td>
          <td class="ink rule" style={n === all.length - 1 ? `${right};font-weight:700;border:0` : right}>
            {amount}
          </td>
        </tr>
      ))}
    </table>
  );
}
