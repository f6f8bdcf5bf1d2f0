/**
 * A credential as a node names it: its id as it is, or '' for none. Never an expression: whoever saves a graph is asked for the
 * right to use what it names, so that must be plain to see.
 */
import { z } from 'zod';

export const credentialId = z
  .string()
  .max(64)
  .regex(/^[A-Za-z0-9_-]*$/, 'Choose a credential from the list; it cannot be an expression.');
