import { Component, type ComponentChild, type FunctionComponent, h } from 'preact';

/** The component drawn again only when one of its properties is another value. */
export function memo<P extends object>(draw: FunctionComponent<P>): FunctionComponent<P> {
  class Kept extends Component<P> {
    override shouldComponentUpdate(next: Readonly<P>): boolean {
      const before: Readonly<P> = this.props;
      for (const key in before) if (before[key] !== next[key]) return true;
      for (const key in next) if (before[key] !== next[key]) return true;
      return false;
    }

    override render(): ComponentChild {
      return h(draw, this.props);
    }
  }
  return (props) => h(Kept, props);
}
