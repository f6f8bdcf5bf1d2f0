/** The words for what the log names by ids. Newer servers may write what this page does not know: it stands as it is. */
import { auditActionTexts, auditResourceTexts } from '../../../i18n/audit.ts';
import type { Translate } from '../../../i18n/language.ts';

export function actionName(action: string, t: Translate): string {
  const words = auditActionTexts[action];
  return words ? t(words) : action;
}

export function resourceName(type: string, t: Translate): string {
  const words = auditResourceTexts[type];
  return words ? t(words) : type;
}
