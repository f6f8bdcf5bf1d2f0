/**
 * Every address of the app. The editor and the run page are chunks of their own (they bring the canvas and the code editor), and
 * so are the pages that one sees once.
 */
import type { ComponentType } from 'react';
import { createBrowserRouter, type RouteObject } from 'react-router';
import { ApprovalsPage } from './pages/approvals/approvals-page.tsx';
import { AutomationsPage } from './pages/automations/automations-page.tsx';
import { HomePage } from './pages/home/home-page.tsx';
import { NotFoundPage } from './pages/not-found-page.tsx';
import { RunsPage } from './pages/runs/runs-page.tsx';
import { settingsRoutes } from './pages/settings/routes.tsx';
import { RequireAccount } from './shell/require-account.tsx';
import { RequireWorkspace } from './shell/require-workspace.tsx';
import { RouteError } from './shell/route-error.tsx';
import { Shell } from './shell/shell.tsx';

const frame = { ErrorBoundary: RouteError, HydrateFallback: () => null } satisfies RouteObject;

/** A page that stands alone, before or beside the app. */
function alone(path: string, load: () => Promise<ComponentType>): RouteObject {
  return { ...frame, path, lazy: async () => ({ Component: await load() }) };
}

/** Brings math and the colours of code with its first message. */
const chatPage = async () => ({ Component: (await import('./pages/chat/chat-page.tsx')).ChatPage });

export const router = createBrowserRouter([
  alone('/setup', async () => (await import('./pages/session/setup-page.tsx')).SetupPage),
  alone('/sign-in', async () => (await import('./pages/session/sign-in-page.tsx')).SignInPage),
  alone(
    '/sign-in/second-factor',
    async () => (await import('./pages/session/second-factor-page.tsx')).SecondFactorPage,
  ),
  alone('/sign-in/link', async () => (await import('./pages/session/mail-link-page.tsx')).MailLinkPage),
  alone('/sign-in/open', async () => (await import('./pages/session/open-link-page.tsx')).OpenLinkPage),
  alone(
    '/sign-in/check-mail',
    async () => (await import('./pages/session/check-mail-page.tsx')).CheckMailPage,
  ),
  alone('/sign-up', async () => (await import('./pages/session/sign-up-page.tsx')).SignUpPage),
  alone(
    '/forgot-password',
    async () => (await import('./pages/session/forgot-password-page.tsx')).ForgotPasswordPage,
  ),
  alone(
    '/reset-password',
    async () => (await import('./pages/session/reset-password-page.tsx')).ResetPasswordPage,
  ),
  alone('/verify-email', async () => (await import('./pages/session/verify-email-page.tsx')).VerifyEmailPage),
  alone('/share/:token', async () => (await import('./pages/share/share-page.tsx')).SharePage),
  alone('/invitation', async () => (await import('./pages/session/invitation-page.tsx')).InvitationPage),
  {
    ...frame,
    Component: RequireAccount,
    children: [
      {
        Component: Shell,
        children: [
          {
            path: 'profile',
            lazy: async () => ({ Component: (await import('./pages/profile/profile-page.tsx')).ProfilePage }),
          },
          {
            Component: RequireWorkspace,
            children: [
              { index: true, Component: HomePage },
              { path: 'chat', lazy: chatPage },
              { path: 'chat/:id', lazy: chatPage },
              { path: 'automations', Component: AutomationsPage },
              {
                path: 'automations/:id',
                lazy: async () => ({
                  Component: (await import('./pages/editor/editor-page.tsx')).EditorPage,
                }),
              },
              {
                path: 'agents',
                lazy: async () => ({
                  Component: (await import('./pages/agents/agents-page.tsx')).AgentsPage,
                }),
              },
              {
                path: 'agents/:id',
                lazy: async () => ({ Component: (await import('./pages/agents/agent-page.tsx')).AgentPage }),
              },
              {
                path: 'knowledge',
                lazy: async () => ({
                  Component: (await import('./pages/knowledge/knowledge-page.tsx')).KnowledgePage,
                }),
              },
              {
                path: 'knowledge/:id',
                lazy: async () => ({
                  Component: (await import('./pages/knowledge/base-page.tsx')).BasePage,
                }),
              },
              {
                path: 'knowledge/:id/documents/:document',
                lazy: async () => ({
                  Component: (await import('./pages/knowledge/document-page.tsx')).DocumentPage,
                }),
              },
              { path: 'approvals', Component: ApprovalsPage },
              {
                path: 'approvals/:id',
                lazy: async () => ({
                  Component: (await import('./pages/approvals/approval-page.tsx')).ApprovalPage,
                }),
              },
              { path: 'runs', Component: RunsPage },
              {
                path: 'runs/:id',
                lazy: async () => ({ Component: (await import('./pages/runs/run-page.tsx')).RunPage }),
              },
              {
                path: 'schedules',
                lazy: async () => ({
                  Component: (await import('./pages/schedules/schedules-page.tsx')).SchedulesPage,
                }),
              },
              {
                path: 'events',
                lazy: async () => ({
                  Component: (await import('./pages/events/events-page.tsx')).EventsPage,
                }),
              },
              {
                path: 'tables',
                lazy: async () => ({
                  Component: (await import('./pages/tables/tables-page.tsx')).TablesPage,
                }),
              },
              {
                path: 'tables/:id',
                lazy: async () => ({ Component: (await import('./pages/tables/table-page.tsx')).TablePage }),
              },
              {
                path: 'models',
                lazy: async () => ({
                  Component: (await import('./pages/models/models-page.tsx')).ModelsPage,
                }),
              },
              { path: 'settings', children: settingsRoutes },
              { path: '*', Component: NotFoundPage },
            ],
          },
        ],
      },
    ],
  },
]);
