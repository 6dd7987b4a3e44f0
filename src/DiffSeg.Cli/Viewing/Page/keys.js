// Keys, listed for people in the page's help.

const steps = { '[': -0.1, ']': 0.1 };
const modes = { 1: 'picture', 2: 'overlay', 3: 'mask' };

export function listenToKeys(actions) {
  const keys = {
    ArrowLeft: () => actions.step(-1),
    ArrowRight: () => actions.step(1),
    Home: actions.first,
    End: actions.last,
    0: () => actions.threshold(0),
    '-': () => actions.opacity(-5),
    '+': () => actions.opacity(5),
    '=': () => actions.opacity(5),
    o: actions.outlines,
    a: actions.finding,
    s: actions.source,
    Escape: actions.leave,
    '?': actions.help,
  };
  for (const key of Object.keys(steps)) keys[key] = () => actions.threshold(steps[key]);
  for (const key of Object.keys(modes)) keys[key] = () => actions.mode(modes[key]);

  addEventListener('keydown', event => {
    const { target } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]')) return;

    // Sliders, choices and the list of pictures have arrow keys of their own.
    const moves = /^(Arrow|Home|End)/.test(event.key);
    if (moves && target.matches('input:not([type=checkbox]), select')) return;
    if (target.matches('select')) return;
    if (!Object.hasOwn(keys, event.key)) return;
    event.preventDefault();
    keys[event.key]();
  });
}
