/** How a graph fits into its canvas: as large as it can be read, never enlarged. */
export const fitOptions = { padding: 0.1, maxZoom: 1 } as const;
