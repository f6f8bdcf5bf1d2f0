/** One mail to one person. */
export interface MailMessage {
  /** Exactly one address, without a name. */
  to: string;
  /** One line; line breaks become spaces. */
  subject: string;
  text: string;
  html: string;
}
