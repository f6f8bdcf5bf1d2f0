/** The tabs of the settings beside the page that is open; only those that one may see. */
import { NavLink as MantineNavLink } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { NavLink, Outlet, useLocation } from 'react-router';
import { useAccount } from '../../api/session.ts';
import { useT } from '../../i18n/language.ts';
import { settingsText } from '../../i18n/settings.ts';
import { settingsSections } from './sections.ts';
import classes from './settings-frame.module.css';

export function SettingsFrame() {
  const t = useT();
  const { pathname } = useLocation();
  const tabs = useRef<HTMLElement>(null);
  // On a phone the tabs scroll sideways: the one that is open is to be seen.
  useEffect(() => {
    tabs.current
      ?.querySelector(`[href="${pathname}"]`)
      ?.scrollIntoView({ inline: 'center', block: 'nearest' });
  }, [pathname]);
  const actions: readonly string[] = useAccount().data?.actions ?? [];
  return (
    <div className={classes.frame}>
      <nav ref={tabs} className={classes.tabs} aria-label={t(settingsText.sections)}>
        {settingsSections
          .filter(({ needs }) => actions.includes(needs))
          .map(({ path, label, icon: Icon }) => (
            <MantineNavLink
              key={path}
              component={NavLink}
              to={`/settings/${path}`}
              label={t(label)}
              leftSection={<Icon size={18} stroke={1.7} />}
              active={pathname.startsWith(`/settings/${path}`)}
              className={classes.tab}
            />
          ))}
      </nav>
      <div className={classes.page}>
        <Outlet />
      </div>
    </div>
  );
}
