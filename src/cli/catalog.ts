import type { Command } from 'commander';
import { applyCommand, versionsCommand } from './catalog-apply.ts';
import { checkCommand } from './catalog-check.ts';
import { exportCommand, schemaCommand } from './catalog-export.ts';
import { importCommand } from './catalog-import.ts';
import { planCommand } from './catalog-plan.ts';
import { catalogPostsCommand } from './catalog-posts.ts';
import type { Shell } from './shell.ts';

export function catalogCommands(program: Command, shell: Shell): void {
  const catalog = program.command('catalog').description('check and apply the files that say what is sold');
  checkCommand(catalog, shell);
  planCommand(catalog, shell);
  applyCommand(catalog, shell);
  versionsCommand(catalog, shell);
  exportCommand(catalog, shell);
  schemaCommand(catalog);
  catalogPostsCommand(catalog, shell);
  importCommand(catalog);
}
