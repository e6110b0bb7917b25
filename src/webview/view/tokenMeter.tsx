import type { JSX } from 'preact';
import type { Meter } from '../messages.ts';

/** Above this share the host will soon fold older turns. */
const HIGH_SHARE = 0.85;

/** How full the model's window would be. */
export function TokenMeter({ meter }: { readonly meter: Meter }): JSX.Element | null {
  const { usedTokens, windowTokens } = meter;
  if (windowTokens === 0) return null;
  const words = `${short(usedTokens)} of ${short(windowTokens)} tokens`;
  return (
    <div class="token-meter" title={`${words} of the model’s window`}>
      <meter
        min={0}
        max={windowTokens}
        high={HIGH_SHARE * windowTokens}
        optimum={0}
        value={Math.min(usedTokens, windowTokens)}
        aria-label="Use of the model’s window"
      >
        {words}
      </meter>
      <span class="token-count">{words}</span>
    </div>
  );
}

/** `950`, `1.2K`, `128K` */
function short(tokens: number): string {
  if (tokens < 1000) return String(tokens);
  const thousands = tokens / 1024;
  return `${thousands < 10 ? Math.max(1, Math.round(10 * thousands) / 10) : Math.round(thousands)}K`;
}
