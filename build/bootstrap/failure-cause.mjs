/**
 * Why a download or an installation failed, read from what the tool printed. Ordered: the first
 * pattern that matches wins, so a full disk is not reported as a network fault that followed it.
 */
const causes = /** @type {const} */ ([
  { cause: 'disk-full', pattern: /ENOSPC|No space left on device/i },
  { cause: 'damaged-download', pattern: /EINTEGRITY|integrity checksum failed|Hash Sum mismatch/i },
  {
    cause: 'no-permission',
    pattern: /EACCES|EPERM|EROFS|Permission denied|Read-only file system/i,
  },
  {
    cause: 'no-network',
    pattern:
      /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ENETDOWN|ERR_SOCKET_TIMEOUT|network request|fetch failed|Could not resolve|Temporary failure resolving|Unable to connect|certificate/i,
  },
  { cause: 'lockfile-disagrees', pattern: /EUSAGE|in sync/ },
]);

/** @typedef {(typeof causes)[number]['cause'] | 'unknown'} Cause */

/**
 * @param {string} output
 * @returns {Cause}
 */
export function failureCause(output) {
  return causes.find(({ pattern }) => pattern.test(output))?.cause ?? 'unknown';
}

/**
 * The most telling line of a tool's output, for a cause that we do not know.
 * @param {string} output
 */
export function lastWord(output) {
  const lines = output
    .split('\n')
    .map((line) => line.replace(/^npm (error|ERR!)\s*/, '').trim())
    .filter((line) => line !== '' && !/^at |complete log of this run|\.log$/.test(line));
  return (lines.find((line) => /error|cannot|failed/i.test(line)) ?? lines.at(-1) ?? 'no output')
    .replace(/[.\s]+$/, '')
    .slice(0, 200);
}
