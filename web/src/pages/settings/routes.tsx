/** The addresses under `/settings`, relative to it. Each page is a chunk of its own. */
import type { RouteObject } from 'react-router';

export const settingsRoutes: RouteObject[] = [];
