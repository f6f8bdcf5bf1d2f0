/** How senders of webhooks sign what they send. All are HMAC-SHA256 with a secret that both know; they differ in what is signed and where it is said. */
import { type Text, text } from './text.ts';

export const signatureSchemes = ['none', 'github', 'stripe', 'slack', 'generic'] as const;
export type SignatureScheme = (typeof signatureSchemes)[number];

export const signatureSchemeTexts: Record<SignatureScheme, Text> = {
  none: text('Not checked', 'Não verificada'),
  github: text('GitHub (X-Hub-Signature-256)', 'GitHub (X-Hub-Signature-256)'),
  stripe: text('Stripe (Stripe-Signature)', 'Stripe (Stripe-Signature)'),
  slack: text('Slack (X-Slack-Signature)', 'Slack (X-Slack-Signature)'),
  generic: text('HMAC-SHA256 of the body, in a header', 'HMAC-SHA256 do corpo, em um cabeçalho'),
};
