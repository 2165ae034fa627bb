import { Component, type ReactNode } from 'react';

interface PartBoundaryProps {
  /** What the part is called in a sentence. */
  readonly name: string;
  readonly children: ReactNode;
}

/** Keeps a failure of one part from taking the rest of the desk with it. */
export class PartBoundary extends Component<PartBoundaryProps, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { readonly failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return (
      <section className="panel waiting" role="alert">
        <p>The {this.props.name} failed and was closed. The rest of the desk goes on.</p>
        <button type="button" className="button" onClick={() => this.setState({ failed: false })}>
          Open it again
        </button>
      </section>
    );
  }
}
