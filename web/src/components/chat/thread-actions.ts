/** What can be done with the messages of a thread; what is left out is not offered. Each resolves when it is done, or was told. */
export interface ThreadActions {
  /** Sends the user's message `message` anew, with another text. */
  edit?: ((message: string, text: string) => Promise<void>) | undefined;
  /** Gives the answer `message` another try. */
  again?: ((message: string) => Promise<void>) | undefined;
  /** Shows the branch that goes through a sibling. */
  show?: ((message: string) => Promise<void>) | undefined;
  rate?: ((message: string, thumb: 'up' | 'down' | null) => Promise<void>) | undefined;
}
