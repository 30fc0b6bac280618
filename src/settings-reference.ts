import { aboutSettings } from './settings.ts';

const shownDefault = (setting: ReturnType<typeof aboutSettings>[number]): string =>
  setting.shownDefault ?? (setting.default === undefined ? '' : String(setting.default));

/** `.env.example`: every setting, commented out, so that a copy of the file changes nothing. */
export function envExample(): string {
  const blocks = aboutSettings().map((setting) => {
    const value = setting.example ?? (setting.default === undefined ? '' : String(setting.default));
    const fallback = setting.example && shownDefault(setting) ? ` Default: ${shownDefault(setting)}.` : '';
    return `# ${setting.description}.${fallback}\n# ${setting.name}=${value}\n`;
  });
  return `# Copy to .env and set what you need. With no X and no Stripe credential set, Replycart runs its sandbox.\n\n${blocks.join('\n')}`;
}

/** The settings as a Markdown table, for the README. */
export function settingsTable(): string {
  const rows = aboutSettings().map((setting) => {
    const fallback = shownDefault(setting);
    const cell = fallback ? (setting.shownDefault ? fallback : `\`${fallback}\``) : '';
    return `| \`${setting.name}\` | ${setting.description} | ${cell} |\n`;
  });
  return `| setting | what it says | default |\n| --- | --- | --- |\n${rows.join('')}`;
}
