/** A person has to agree, for the first time or again. */
export class NotConnected extends Error {}
