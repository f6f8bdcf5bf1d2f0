/**
 * The nonce that lets libraries add style elements: the content security policy refuses any other (`api/security-headers.ts`). The
 * server writes it into the page; Vite's own server has no policy and gives none.
 */
export const styleNonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';

// Where the library under Mantine's modals looks for it (get-nonce).
Object.assign(globalThis, { __webpack_nonce__: styleNonce });
