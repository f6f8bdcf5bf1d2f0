/** Marks a node type that is dragged from the palette. */
export const paletteMime = 'application/x-hiviex-node-type';
