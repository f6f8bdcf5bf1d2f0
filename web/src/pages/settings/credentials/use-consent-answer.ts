import { useEffect } from 'react';
import { useSearchParams } from 'react-router';
import { tellConsent } from './tell-consent.ts';

/** The service sent the person back here: how it went is in the address, said once and then taken out of it. */
export function useConsentAnswer() {
  const [address, setAddress] = useSearchParams();
  const query = address.toString();
  useEffect(() => {
    if (!tellConsent(new URLSearchParams(query))) return;
    setAddress({}, { replace: true });
  }, [query, setAddress]);
}
