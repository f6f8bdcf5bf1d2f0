/** The fields that need CodeMirror, loaded when first shown: it is most of the editor's weight. Show them in a `Suspense`. */
import { lazy } from 'react';

const loadExpressionField = async () => ({
  default: (await import('./expression-field.tsx')).ExpressionField,
});
export const ExpressionField = lazy(loadExpressionField);
/** For who may be about to write one: keys typed while it loads would be lost. */
export const preloadExpressionField = () => void loadExpressionField();
export const SourceField = lazy(async () => ({
  default: (await import('./source-field.tsx')).SourceField,
}));
