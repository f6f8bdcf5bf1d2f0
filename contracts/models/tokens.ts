/**
 * Tokens are estimated by bytes of UTF-8 (decision 027): four for English prose, less for code and other scripts; rather too many
 * tokens than too few.
 */
export const bytesPerToken = 3.5;
