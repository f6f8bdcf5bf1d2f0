/**
 * The search attributes that every run carries in Temporal (all of type Keyword): what an operator filters by in the
 * Temporal UI. docker-compose.yml registers the same ones; compose.test.ts compares.
 */
export const searchAttributes = ['Workspace', 'Automation', 'RunKind', 'Agent', 'RunStatus'] as const;
