// The FAQ bot's launcher: one script tag, nothing from anybody else, nothing stored. The numbers are in here, so that help needs neither the
// server nor the chat, which is loaded when a person opens it. Text is never markup: elements are made, strings become text.
(() => {
  const script = /** @type {HTMLScriptElement | null} */ (document.currentScript);
  if (!script || window.FaqBot) return;
  const data = script.dataset;
  const root = new URL(/\/widget\/\w+\/loader\.js/.test(script.src) ? '../../' : '.', script.src);

  // The server fills in both. Of a line: n name, p what must be said of it, c number to call, u its link, t number to text, s its link, w the word to text.
  const files = /*files*/'widget/0/'/*files*/;
  const served = /*help*/{ country: '', lines: { en: [], es: [] }, outside: {} }/*help*/;
  const lines = served.lines;

  const texts = {
    en: { open: 'Ask about heroin', help: 'Get help now', close: 'Close', call: 'Call', text: 'Text', to: 'to', lost: 'No connection. Trying again.' },
    es: { open: 'Pregunte sobre la heroína', help: 'Ayuda ahora', close: 'Cerrar', call: 'Llamar al', text: 'Mensaje', to: 'al', lost: 'Sin conexión. Intentando de nuevo.' },
  };
  const languageOf = tag => /^es/i.test(tag || '') ? 'es' : 'en';
  let language = languageOf(data.locale || document.documentElement.lang || navigator.language), unread = 0;

  const make = (tag, attributes = {}, ...children) => {
    const element = document.createElement(tag);
    for (const name in attributes) {
      const value = attributes[name];
      if (typeof value === 'function') element.addEventListener(name, value);
      else if (value != null) element.setAttribute(name, value);
    }
    element.append(...children);
    return element;
  };
  const button = (name, click, ...children) => make('button', { type: 'button', class: name, click }, ...children);

  /** A link that calls or texts. The number is always its text; short numbers are read out digit by digit. */
  const numberLink = (label, uri, name) => {
    const number = /\d[\d ().-]*\d/.exec(label)?.[0];
    return make('a', { href: uri, class: name, 'aria-label': number && number.length < 7 ? label.replace(number, [...number].join(' ')) : null }, label);
  };

  /** What can be tapped of a line: [label, link]. */
  const waysOf = line => {
    const t = texts[language];
    return [line.c && [`${t.call} ${line.c}`, line.u], line.s && [line.w ? `${t.text} ${line.w} ${t.to} ${line.t}` : `${t.text} ${line.t}`, line.s]].filter(Boolean);
  };

  /** Every line; a page for another country begins with what holds there. */
  const listOf = () => {
    const list = lines[language].map(line => make('li', {}, make('strong', {}, line.n), line.p ? `: ${line.p}` : '', make('br'), ...waysOf(line).flatMap(way => [numberLink(...way, 'button urgent'), ' '])));
    list[data.country && data.country !== served.country ? 'unshift' : 'push'](make('li', {}, served.outside[language]));
    return list;
  };

  const shadowHost = make('div', { id: 'faq-bot' });
  const shadow = shadowHost.attachShadow({ mode: 'open' });
  const addStyle = text => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    shadow.adoptedStyleSheets = [...shadow.adoptedStyleSheets, sheet];
  };
  addStyle(`:host{all:initial!important}*{box-sizing:border-box}[hidden]{display:none!important}
.root{--accent:#0b5c66;--on-accent:#fff;--help:#8f1d1d;--on-help:#fff;--paper:#fff;--ink:#1c2426;position:fixed;inset-block-end:1em;inset-inline-end:1em;z-index:2147483000;font:medium/1.5 system-ui,sans-serif;color:var(--ink)}
.left{inset-inline:1em auto}
button,.button{font:inherit;min-height:44px;padding:.5em .9em;border-radius:.6em;border:1px solid transparent;cursor:pointer;display:inline-flex;align-items:center;text-decoration:none}
:focus-visible{outline:3px solid var(--ink)}
.launch{display:flex;gap:.5em}
.primary{background:var(--accent);color:var(--on-accent)}.urgent{background:var(--help);color:var(--on-help)}
.card{width:min(26em,calc(100vw - 2em));max-height:95vh;overflow:auto;padding:1em;background:var(--paper);border:1px solid}
ul{padding:0;list-style:none}
@media(prefers-color-scheme:dark){.root{--accent:#7fd3dd;--on-accent:#08282c;--help:#ffb4a9;--on-help:#410002;--paper:#14191a;--ink:#e8ecea}}`);

  const helpButton = button('urgent', () => open(true));
  const openButton = button('primary', () => open(false));
  const launch = make('div', { class: 'launch' }, helpButton, openButton);
  const frame = make('div', { class: `root ${data.position}` }, launch);
  frame.style.cssText = data.colours || '';
  shadow.append(frame);

  /** Writes the launcher in the language. */
  const write = () => {
    frame.lang = language;
    helpButton.textContent = texts[language].help;
    openButton.textContent = (data.launcher || texts[language].open) + (unread ? ` (${unread})` : '');
  };

  /** Help without the chat: while that loads, and as long as it cannot. */
  let card = null;
  const showCard = message => {
    card?.remove();
    const t = texts[language];
    card = make('section', { class: 'card', 'aria-label': t.help }, make('ul', {}, ...listOf()), make('p', { role: 'status' }, message), button('primary', close, t.close));
    frame.append(card);
    launch.hidden = true;
    card.querySelector('a').focus();
  };

  const listeners = {};
  const emit = (name, value) => listeners[name]?.forEach(listener => listener(value));

  let chat = null, loading = null, failures = 0, retry;
  const load = withHelp => {
    clearTimeout(retry);
    loading ??= import(new URL(`${files}panel.js${failures ? `?${failures}` : ''}`, root).href).then(
      module => { chat = module.mount(context); if (card || !withHelp) { card?.remove(); card = null; chat.open(withHelp); } },
      () => {
        loading = null;
        showCard(texts[language].lost);
        retry = setTimeout(load, Math.min(15e3, 1e3 * 2 ** failures++), withHelp);
      });
  };

  const open = withHelp => {
    if (chat) chat.open(withHelp);
    else {
      if (withHelp) showCard('');
      load(withHelp);
    }
  };

  const close = () => {
    if (chat) return chat.close();
    clearTimeout(retry);
    card?.remove();
    card = null;
    launch.hidden = false;
    helpButton.focus();
  };

  const context = {
    data, root, frame, launch, openButton, make, button, numberLink, waysOf, listOf, addStyle, emit,
    get language() { return language; },
    get lines() { return lines[language]; },
    set language(tag) { language = languageOf(tag); write(); },
    set unread(count) { unread = count; write(); },
  };

  /** What the page may do. Nothing that is typed or said comes out here. */
  window.FaqBot = {
    open: () => open(false),
    close,
    setLocale(tag) { context.language = tag; chat?.write(); },
    /** Calls the function on "open", "close" and "unread" (with a count); gives back a function that ends it. */
    on(name, listener) {
      (listeners[name] ??= new Set()).add(listener);
      return () => listeners[name].delete(listener);
    },
  };

  write();
  document.getElementById('faq-bot-fallback')?.remove();
  (document.body || document.documentElement).append(shadowHost);
  // Where storage is blocked nothing was kept.
  let kept;
  try { kept = sessionStorage.getItem('faq-bot'); } catch { }
  if (kept || 'open' in data) open(false);
})();
