/** As robots.txt may name it. */
export const userAgent = 'Hiviex';
