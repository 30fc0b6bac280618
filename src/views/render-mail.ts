import { oneLine } from '../domain/text.ts';
import type { Block, Mail } from './mail-blocks.ts';
import { toHtml } from './mail-html.tsx';
import { toText } from './mail-text.ts';
import type { Texts } from './texts.ts';

/** @param label TEST or the like, put above the mail and into its subject; empty for real ones */
export function renderMail(
  mail: Mail,
  texts: Texts,
  label: string,
): { subject: string; html: string; text: string } {
  const title = oneLine(mail.subject);
  const subject = label ? `[TEST] ${title}` : title;
  const warning: Block[] = label ? [{ kind: 'small', text: label }] : [];
  const blocks = [...warning, ...mail.blocks];
  return {
    subject,
    html: `<!doctype html>${toHtml(title, { ...mail, blocks }, texts)}`,
    text: toText(blocks, mail.footer, texts),
  };
}
