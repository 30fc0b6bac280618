import { ar } from './ar.ts';
import { de } from './de.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { hi } from './hi.ts';
import { it } from './it.ts';
import { ja } from './ja.ts';
import { ko } from './ko.ts';
import { nl } from './nl.ts';
import { pt } from './pt.ts';
import { ru } from './ru.ts';
import { tr } from './tr.ts';
import type { Words } from './words.ts';
import { zh } from './zh.ts';

/** A language is added here and by a file of its own; what only donors say stands in giving.ts. */
export const languages: Words[] = [en, es, it, fr, de, pt, ja, zh, ko, ar, tr, nl, ru, hi];
