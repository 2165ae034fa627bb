/** Characters at the end that always stay in sight. */
const KEPT_END = 7;

/** A name that is cut in its middle where room is short. */
export function MiddleCut({ text }: { readonly text: string }) {
  const split = Math.max(0, text.length - KEPT_END);
  return (
    <>
      <span className="name-start">{text.slice(0, split)}</span>
      <span>{text.slice(split)}</span>
    </>
  );
}
