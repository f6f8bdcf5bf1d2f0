/** Browser and system, as a person recognises their own: "Firefox on Linux" is `Firefox · Linux` in every language. */
import Bowser from 'bowser';

/** @returns '' when the request doesn't say */
export function deviceOf(userAgent: string | undefined): string {
  if (!userAgent) return '';
  const { browser, os } = Bowser.parse(userAgent);
  const known = [browser.name, os.name].filter(Boolean).join(' · ');
  // A program: `curl/8.5.0`.
  return known || (userAgent.split(/[/\s]/)[0] ?? '').slice(0, 40);
}
