/** The fields that need CodeMirror, loaded when first shown: it is most of the editor's weight. Show them in a `Suspense`. */
import { lazy } from 'react';

export const ExpressionField = lazy(async () => ({
  default: (await import('./expression-field.tsx')).ExpressionField,
}));
export const SourceField = lazy(async () => ({
  default: (await import('./source-field.tsx')).SourceField,
}));
