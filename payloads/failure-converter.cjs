/**
 * Failures carry messages and stacks, and messages quote data: they go through the codec like payloads do. CommonJS, because the
 * SDK requires this file by its path, in the worker and in the workflow bundle.
 */
const { DefaultFailureConverter } = require('@temporalio/common');

exports.failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true });
