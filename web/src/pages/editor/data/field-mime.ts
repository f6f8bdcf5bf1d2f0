/** Marks a field that is dragged from the data into a parameter; its text is the whole `{{ … }}`. */
export const fieldMime = 'application/x-hiviex-field';
