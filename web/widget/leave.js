// Leaving quickly: Shift three times, or the button. The page goes blank at once, and another takes its place in the history.
const PRESSES = 3;
const WITHIN = 2000;

/** Calls back when Shift is pressed three times in a row, nothing else between. */
export function onShiftThrice(callback) {
  /** @type {number[]} */
  let presses = [];
  addEventListener('keydown', event => {
    if (event.key !== 'Shift') { presses = []; return; }
    if (event.repeat) return;
    presses = [...presses.filter(at => event.timeStamp - at < WITHIN), event.timeStamp];
    if (presses.length >= PRESSES) { presses = []; callback(); }
  }, true);
}

/** Blanks the page and goes. What the browser's history says of the pages before stays, and nothing here can change that. @param {string} to */
export function leave(to) {
  document.documentElement.replaceChildren(document.createElement('body'));
  document.title = '';
  // In a frame the page around it is what must go.
  try { (window.top || window).location.replace(to); } catch { location.replace(to); }
}
