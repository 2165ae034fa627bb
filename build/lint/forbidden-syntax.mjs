/**
 * A lint rule that refuses syntax by selector. One named rule per concern, because a second
 * `no-restricted-syntax` entry for the same file would silently replace the first.
 * @param {{ why: string, selectors: readonly string[] }} ban
 * @returns {import('eslint').Rule.RuleModule}
 */
export function forbiddenSyntax({ why, selectors }) {
  return {
    meta: { type: 'problem', schema: [], messages: { forbidden: why } },
    create: (context) =>
      Object.fromEntries(
        selectors.map((selector) => [
          selector,
          (/** @type {import('eslint').Rule.Node} */ node) =>
            context.report({ node, messageId: 'forbidden' }),
        ]),
      ),
  };
}
