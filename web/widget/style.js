// What the chat looks like; the launcher's style holds the colours. Logical properties throughout, so that it can be read from right to left.
export const style = `
.root { --link: #0b5c66; --soft: #eef3f2; --line: #6b7876; text-align: start; }
.root[style*="--accent"] { --link: var(--ink); }
button, .button { justify-content: center; min-width: 44px; }
.quiet { background: var(--paper); color: var(--link); border-color: var(--link); }
.plain { background: transparent; color: var(--link); text-decoration: underline; padding-inline: .5em; }
:focus-visible { outline-offset: 2px; box-shadow: 0 0 0 2px var(--paper); }
.panel { display: flex; flex-direction: column; width: min(27em, calc(100vw - 2em)); height: min(46em, calc(100vh - 2em)); height: min(46em, calc(100dvh - 2em)); background: var(--paper); border: 1px solid var(--line); border-radius: 1em; overflow: hidden; box-shadow: 0 .5em 2em rgb(0 0 0 / .25); }
header { display: flex; align-items: center; gap: .25em; padding: .25em .25em .25em 1em; background: var(--accent); color: var(--on-accent); }
h2 { flex: 1; margin: 0; font-size: 1.0625em; line-height: 1.25; font-weight: 600; }
h3 { margin: 0; font-size: .9375em; }
header button { background: transparent; color: inherit; padding: .25em .5em; line-height: 1.2; }
header .leave { border-color: currentColor; font-size: .9375em; }
header .x { font-size: 1.5em; }
header :focus-visible { outline-color: var(--on-accent); outline-offset: -3px; box-shadow: none; }
.help { padding: 0 .75em .5em; border-block-end: 1px solid var(--line); background: var(--soft); max-height: 55%; overflow-y: auto; flex: none; }
.pinned .help { border-block-end: .25em solid var(--help); }
.help a:not(.button) { color: var(--link); display: inline-flex; align-items: center; min-height: 44px; padding-inline: .25em; }
.top { display: flex; align-items: center; justify-content: space-between; }
.row { display: flex; flex-wrap: wrap; gap: .5em; }
.row .button { flex: 1 1 5.5em; padding-inline: .4em; text-align: center; }
.lines { margin: .5em 0 0; font-size: .9375em; }
.lines li { margin-block-end: .5em; }
.menu { display: flex; flex-wrap: wrap; gap: .5em; padding: .5em .75em; border-block-end: 1px solid var(--line); }
.menu a { color: var(--link); display: inline-flex; align-items: center; min-height: 44px; }
.menu p { margin: 0; flex-basis: 100%; }
.log { flex: 1; min-height: 6em; overflow-y: auto; padding: .75em; display: flex; flex-direction: column; gap: .75em; overscroll-behavior: contain; }
.tip { font-size: .875em; margin: 0; display: flex; gap: .5em; align-items: center; border: 1px solid var(--line); border-radius: .6em; padding: .4em .6em; }
.message { max-width: 92%; padding: .6em .8em; border-radius: .8em; background: var(--soft); overflow-wrap: anywhere; }
.message p, .message ul, .message ol { margin: 0 0 .5em; }
.message ul, .message ol { padding-inline-start: 1.25em; list-style: disc; }
.message ol { list-style: decimal; }
.message a:not(.button) { color: var(--link); font-weight: 600; }
.meta { display: flex; align-items: center; flex-wrap: wrap; gap: .25em; font-size: .8125em; }
.meta time { margin-inline-end: auto; }
.mine { align-self: flex-end; background: var(--accent); color: var(--on-accent); }
.mine p { white-space: pre-wrap; }
.problem { font-size: .875em; display: flex; align-items: center; gap: .5em; flex-wrap: wrap; margin-block-start: .25em; }
.crisis { border-inline-start: .35em solid var(--help); max-width: 100%; }
.actions, .choices { display: flex; flex-wrap: wrap; gap: .5em; margin-block: .5em; }
.choices { margin: 0; }
.choices button { text-align: start; justify-content: flex-start; }
.status { margin: 0; padding: .4em .75em; font-size: .875em; border-block-start: 1px solid var(--line); }
.status:empty { padding: 0; border: 0; }
form { display: flex; gap: .5em; padding: .6em; border-block-start: 1px solid var(--line); align-items: flex-end; }
textarea { flex: 1; min-width: 0; font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--line); border-radius: .6em; padding: .55em .7em; min-height: 44px; max-height: 8em; resize: none; field-sizing: content; }
.hidden { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.blank { position: fixed; inset: 0; background: #fff; z-index: 2147483647; }
@media (max-width: 30em) { .root.open { inset: 0; } .panel { width: 100%; height: 100vh; height: 100dvh; border: 0; border-radius: 0; } }
@media (max-height: 34em) { .panel { overflow-y: auto; } .help, .log { max-height: none; overflow: visible; flex: none; } form { position: sticky; inset-block-end: 0; background: var(--paper); } }
@media (prefers-color-scheme: dark) { .root { --link: #7fd3dd; --soft: #222b2d; --line: #8a9896; } }
@media (forced-colors: active) { .message { border: 1px solid; } }`;
