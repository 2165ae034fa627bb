/** A contract's name, for example `ES 03-26`. */
const CONTRACT = /([A-Z0-9]{1,6} \d\d-\d\d)/;

/** A sentence in which no line ends inside the name of a contract. */
export function Unbroken({ text }: { readonly text: string }) {
  return text.split(CONTRACT).map((part, place) =>
    place % 2 === 0 ? (
      part
    ) : (
      <span key={place} className="unbroken">
        {part}
      </span>
    ),
  );
}
