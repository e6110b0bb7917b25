import { options, render } from 'preact';
import { Host } from './host.ts';
import { nextFrame } from './nextFrame.ts';
import { Store } from './state/store.ts';
import { App } from './view/app.tsx';
import { HostContext } from './view/hostContext.ts';

const root = document.getElementById('chat');
if (root === null) throw new Error('The page has no place for the chat.');

// However many deltas arrive, the page is drawn once a frame.
options.debounceRendering = nextFrame();

const host = new Host();
const store = new Store(() => host.post({ type: 'ready' }));
host.listen((message) => store.take(message));
render(
  <HostContext.Provider value={host}>
    <App store={store} />
  </HostContext.Provider>,
  root,
);
host.post({ type: 'ready' });
