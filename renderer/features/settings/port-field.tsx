import { useState, type SyntheticEvent } from 'react';

interface PortFieldProps {
  readonly port: number;
  readonly onSave: (port: number) => void;
}

/** The bridge's port; NinjaTrader reads it from the pairing file, so nothing has to be typed there. */
export function PortField({ port, onSave }: PortFieldProps) {
  const [text, setText] = useState(String(port));
  const wanted = parsedPort(text);
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (wanted !== null) onSave(wanted);
  };
  return (
    <form className="field" onSubmit={submit}>
      <label className="field-label" htmlFor="bridge-port">
        Bridge port
      </label>
      <div className="field-row">
        <input
          id="bridge-port"
          className="input"
          inputMode="numeric"
          autoComplete="off"
          value={text}
          aria-invalid={wanted === null}
          aria-describedby="bridge-port-note"
          onChange={(event) => setText(event.target.value)}
        />
        <button type="submit" className="button" disabled={wanted === null || wanted === port}>
          Use this port
        </button>
      </div>
      <p id="bridge-port-note" className="field-note">
        {wanted === null
          ? 'A whole number from 1024 to 65535.'
          : 'On this computer only. The AddOn finds the port in the pairing file.'}
      </p>
    </form>
  );
}

function parsedPort(text: string): number | null {
  if (!/^\d{4,5}$/.test(text.trim())) return null;
  const port = Number(text);
  return port >= 1024 && port <= 65_535 ? port : null;
}
