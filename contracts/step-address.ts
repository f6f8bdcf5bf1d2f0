/** Which step of which run: what a signed link leads to. */
export interface StepAddress {
  workspace: string;
  /** Its id. */
  automation: string;
  run: string;
  node: string;
  index: number;
}
