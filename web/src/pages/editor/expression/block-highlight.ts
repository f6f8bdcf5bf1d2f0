/** Marks the `{{ … }}` blocks of a template. */
import {
  Decoration,
  type DecorationSet,
  type EditorView,
  MatchDecorator,
  ViewPlugin,
  type ViewUpdate,
} from '@uiw/react-codemirror';

const block = Decoration.mark({ class: 'hx-block' });
const matcher = new MatchDecorator({ regexp: /\{\{[\s\S]*?\}\}/g, decoration: block });

export const blockHighlight = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;
    constructor(view: EditorView) {
      this.decorations = matcher.createDeco(view);
    }
    update(update: ViewUpdate) {
      this.decorations = matcher.updateDeco(update, this.decorations);
    }
  },
  { decorations: (plugin) => plugin.decorations },
);
