import type { Command } from 'commander';
import { checkPosts, type PostFault } from '../actions/check-posts.ts';
import { postAddress } from '../domain/catalog-file.ts';
import { PermanentError, UnavailableError } from '../errors.ts';
import { XError } from '../x/errors.ts';
import { print, type Shell } from './shell.ts';

const TEXTS: Record<PostFault['finding'], string> = {
  missing: 'X does not show it: it is deleted or protected, or its id is mistyped',
  foreign: 'it was written by another account than the merchant’s',
  changed: 'it was edited: it says something else than before',
  no_tag: 'it does not tell readers what to reply: none of the merchant’s tags is in it',
  price: 'it names another price than the catalog',
  no_way: 'neither it nor the merchant’s profile tells newcomers where to link their account',
};

export function catalogPostsCommand(catalog: Command, shell: Shell): void {
  catalog
    .command('posts')
    .description('ask X about the product posts of the applied catalog; costs half a cent for each')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', '\nExample: before a campaign begins\n  replycart catalog posts')
    .action(async ({ json }: { json?: boolean }) => {
      await using context = await shell.openOutside();
      const { checked, faults, not_asked } = await checkPosts(context).catch(asUnavailable);
      if (json) print(JSON.stringify({ checked, faults, not_asked }));
      else {
        for (const fault of faults) print(lineFor(fault));
        if (faults.some(({ finding }) => finding === 'no_way'))
          print(
            `To tell newcomers the way, put this into the profile or the posts: Reply with our hashtag and it waits in your cart. First time? Link your account once: ${context.config.PUBLIC_URL}/link`,
          );
        for (const id of not_asked)
          print(`post ${id}: warning: not checked, because the day's budget for X is used up`);
        if (faults.length + not_asked.length === 0) print(`${checked} post(s) checked: no faults`);
      }
      const real = faults.filter(({ severity }) => severity === 'fault').length;
      if (real > 0) throw new PermanentError(`${real} fault(s) in ${checked} post(s)`);
    });
}

function asUnavailable(error: unknown): never {
  throw error instanceof XError ? new UnavailableError(error.message, { cause: error }) : error;
}

/** A fault of a product post in a line. */
export const lineFor = ({ username, post_id, severity, finding }: PostFault): string =>
  `${postAddress(username, post_id)}: ${severity}: ${TEXTS[finding]}`;
