/** Signs a link that resumes a run. Outside the workflow, whose history is no place for the key. */
import type { StepAddress } from '../../contracts/step-address.ts';
import type { ResumeLink } from '../../engine/graph/resume-link.ts';
import { publicLink } from '../../runs/links/public-links.ts';
import type { AnnouncementDeps } from './announcement-deps.ts';
import { needsDatabase } from './needs-database.ts';

export type SignResumeLink = (link: ResumeLink, step: StepAddress) => Promise<string>;

export function createSignResumeLink(deps: AnnouncementDeps | undefined): SignResumeLink {
  return async (link, step) => {
    if (!deps) throw needsDatabase();
    return await publicLink(deps, link === 'resumeUrl' ? 'resume' : 'form', step);
  };
}
