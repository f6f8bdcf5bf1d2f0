/**
 * Every address of the app. The editor and the run page are chunks of their own (they bring the canvas and the code editor), and
 * so are the pages that one sees once.
 */
import { createBrowserRouter } from 'react-router';
import { AutomationsPage } from './pages/automations/automations-page.tsx';
import { HomePage } from './pages/home/home-page.tsx';
import { NotFoundPage } from './pages/not-found-page.tsx';
import { RunsPage } from './pages/runs/runs-page.tsx';
import { RequireAccount } from './shell/require-account.tsx';
import { RouteError } from './shell/route-error.tsx';
import { Shell } from './shell/shell.tsx';

export const router = createBrowserRouter([
  {
    path: '/setup',
    lazy: async () => ({ Component: (await import('./pages/session/setup-page.tsx')).SetupPage }),
    ErrorBoundary: RouteError,
    HydrateFallback: () => null,
  },
  {
    path: '/sign-in',
    lazy: async () => ({ Component: (await import('./pages/session/sign-in-page.tsx')).SignInPage }),
    ErrorBoundary: RouteError,
    HydrateFallback: () => null,
  },
  {
    Component: RequireAccount,
    ErrorBoundary: RouteError,
    HydrateFallback: () => null,
    children: [
      {
        Component: Shell,
        children: [
          { index: true, Component: HomePage },
          { path: 'automations', Component: AutomationsPage },
          {
            path: 'automations/:id',
            lazy: async () => ({ Component: (await import('./pages/editor/editor-page.tsx')).EditorPage }),
          },
          { path: 'runs', Component: RunsPage },
          {
            path: 'runs/:id',
            lazy: async () => ({ Component: (await import('./pages/runs/run-page.tsx')).RunPage }),
          },
          { path: '*', Component: NotFoundPage },
        ],
      },
    ],
  },
]);
