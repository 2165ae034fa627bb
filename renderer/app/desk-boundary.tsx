import { Component, type ReactNode } from 'react';
import type { DeskClient } from '../bridge/client.ts';
import { FallbackScreen } from './fallback-screen.tsx';

interface DeskBoundaryProps {
  readonly client: DeskClient;
  readonly children: ReactNode;
}

/** Keeps the flatten button alive when the desk itself cannot be drawn. */
export class DeskBoundary extends Component<DeskBoundaryProps, { readonly cause: string | null }> {
  override state: { readonly cause: string | null } = { cause: null };

  static getDerivedStateFromError(error: unknown): { readonly cause: string } {
    return { cause: error instanceof Error ? error.message : String(error) };
  }

  override render(): ReactNode {
    const { cause } = this.state;
    if (cause === null) return this.props.children;
    return <FallbackScreen client={this.props.client} cause={cause} />;
  }
}
