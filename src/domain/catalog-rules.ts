import type { Catalog } from './catalog.ts';
import {
  asWritten,
  MOST_RULES,
  packParts,
  type RuleParts,
  readRule,
  type Spell,
  tagsOf,
  wantedParts,
} from './filter-rules.ts';
import { type Plan, type PresentRule, planRules } from './plan-rules.ts';
import { spellingsOf } from './tag-spellings.ts';

/** A tag, or a way to write one, that X does not deliver although we would take it. */
export interface Uncovered {
  tag: string;
  why: string;
  /** How many rules more it would take; null: no number of rules would do. */
  cost: number | null;
}

export interface RuleReport {
  rules: string[];
  used: number;
  of: number;
  uncovered: Uncovered[];
}

/**
 * How to bring X's rules in step with a catalog.
 *
 * @param spell to leave out the spellings that merchants have not written
 */
export function planCatalogRules(catalog: Catalog, present: PresentRule[], spell?: Spell): Plan {
  const others = present.filter(({ ours }) => !ours).length;
  const parts = spell ? wantedParts(catalog, undefined, spell) : fittingParts(catalog, MOST_RULES - others);
  return planRules(parts, present);
}

/**
 * What the rules are to ask for: every spelling of the tags, where that fits into the rules that there may be; else
 * the tags as they are written in the catalog.
 */
function fittingParts(catalog: Catalog, most: number): RuleParts[] {
  const all = wantedParts(catalog);
  return packParts(all).length <= most ? all : wantedParts(catalog, undefined, asWritten);
}

/** Which rules a catalog takes, and what they do not cover. */
export function ruleReport(catalog: Catalog, most = MOST_RULES): RuleReport {
  const parts = fittingParts(catalog, most);
  const { rules, left_out } = planRules(parts, [], most);
  const everything = packParts(wantedParts(catalog)).length;
  return {
    rules,
    used: rules.length,
    of: most,
    uncovered: [
      ...left_out.map((rule) => ({
        tag: rule.split(' is:')[0] as string,
        why: `there are too many rules: no room for ${readRule(rule)?.targets.join(', ')}`,
        cost: 1,
      })),
      ...(everything > most ? missedSpellings(catalog, everything - rules.length) : []),
      ...(rules.length > 0 ? [ENDLESS] : []),
    ],
  };
}

const ENDLESS: Uncovered = {
  tag: '*',
  why: 'X takes a tag for another one when it has an invisible character inside, or only some letters in full width; there are too many ways to write that',
  cost: null,
};

function missedSpellings(catalog: Catalog, cost: number): Uncovered[] {
  const tags = new Set([...catalog.merchants.values()].flatMap(tagsOf));
  return [...tags].flatMap((tag) =>
    spellingsOf(tag)
      .slice(1)
      .map((spelling) => ({
        tag: `#${spelling}`,
        why: `another way to write ${tag}, which X takes for another tag; there is no room for it`,
        cost,
      })),
  );
}
