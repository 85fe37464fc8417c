// The FAQ bot's widget: one script tag, no build step, nothing from anybody else, nothing stored.
// Text of the server is never markup: every element is made by createElement and every text by a text node.
(() => {
  'use strict';

  const script = /** @type {HTMLScriptElement | null} */ (document.currentScript);
  if (!script || document.getElementById('faq-bot')) return;
  const base = new URL('.', script.src);
  const asked = script.dataset.locale || document.documentElement.lang || navigator.language || 'en';
  const locale = asked.toLowerCase().startsWith('es') ? 'es' : 'en';

  // The server puts the helplines here, so that they can be seen before it answers and when it does not.
  const served = /*help*/null/*help*/;
  const fallback = {
    lines: [
      { name: 'Emergency', purpose: '', hours: '', call: '911', callUri: 'tel:911' },
      { name: '988 Suicide & Crisis Lifeline', purpose: '', hours: '', call: '988', callUri: 'tel:988', text: '988', textUri: 'sms:988', textWord: '' },
    ],
    outside: '',
  };
  const help = (served && (served[locale] || served.en)) || fallback;

  const strings = {
    en: {
      launcher: 'Ask about heroin', helpNow: 'Get help now', title: 'Questions about the article', close: 'Close the chat', log: 'Conversation',
      label: 'Your question', send: 'Send', choices: 'Choose a reply', more: 'Who answers?', less: 'Fewer numbers', call: 'Call', text: 'Text', to: 'to', chat: 'Chat',
      connecting: 'Connecting…', offline: 'No connection. Trying again. The numbers above work without it.', ended: 'The earlier chat was forgotten. A new one begins.',
      you: 'You:', bot: 'Automatic answer:', notSent: 'Not sent.', retry: 'Try again', tooLong: 'Too long to send. Please shorten it.', tooMany: 'Too many at once. Wait a moment, then try again.', read: 'Read it in the article',
      help: 'Help is here', protocol: 'What this chat does in a crisis',
    },
    es: {
      launcher: 'Pregunte sobre la heroína', helpNow: 'Ayuda ahora', title: 'Preguntas sobre el artículo', close: 'Cerrar el chat', log: 'Conversación',
      label: 'Su pregunta', send: 'Enviar', choices: 'Elija una respuesta', more: '¿Quién contesta?', less: 'Menos números', call: 'Llamar al', text: 'Mensaje', to: 'al', chat: 'Chat',
      connecting: 'Conectando…', offline: 'Sin conexión. Intentando de nuevo. Los números de arriba funcionan igual.', ended: 'El chat anterior ya se borró. Empieza uno nuevo.',
      you: 'Usted:', bot: 'Respuesta automática:', notSent: 'No se envió.', retry: 'Intentar de nuevo', tooLong: 'Demasiado largo. Acórtelo, por favor.', tooMany: 'Demasiados mensajes. Espere un momento e intente de nuevo.', read: 'Leerlo en el artículo',
      help: 'Aquí hay ayuda', protocol: 'Qué hace este chat en una crisis (en inglés)',
    },
  }[locale];

  const style = `
    :host { all: initial; }
    * { box-sizing: border-box; }
    .root { --accent: #0b5c66; --on-accent: #fff; --help: #8f1d1d; --on-help: #fff; --paper: #fff; --ink: #1c2426; --soft: #eef3f2; --line: #6b7876;
      position: fixed; inset-block-end: 1rem; inset-inline-end: 1rem; z-index: 2147483000; font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; color: var(--ink); text-align: start; }
    button, a.button { font: inherit; min-height: 44px; min-width: 44px; padding: .5rem .9rem; border-radius: .6rem; border: 1px solid transparent; cursor: pointer; display: inline-flex; align-items: center; justify-content: center; text-decoration: none; }
    button:focus-visible, a:focus-visible, textarea:focus-visible, .log:focus-visible { outline: 3px solid var(--ink); outline-offset: 2px; box-shadow: 0 0 0 2px var(--paper); }
    .launch { display: flex; gap: .5rem; flex-wrap: wrap; justify-content: flex-end; max-width: calc(100vw - 2rem); }
    .primary { background: var(--accent); color: var(--on-accent); }
    .urgent { background: var(--help); color: var(--on-help); font-weight: 600; }
    .quiet { background: var(--paper); color: var(--accent); border-color: var(--accent); }
    .panel { display: flex; flex-direction: column; width: min(26rem, calc(100vw - 2rem)); height: min(42rem, calc(100dvh - 2rem)); background: var(--paper); border: 1px solid var(--line); border-radius: 1rem; overflow: hidden; box-shadow: 0 .5rem 2rem rgb(0 0 0 / .25); }
    [hidden] { display: none !important; }
    header { display: flex; align-items: center; gap: .5rem; padding: .5rem .5rem .5rem 1rem; background: var(--accent); color: var(--on-accent); }
    header h2 { flex: 1; margin: 0; font-size: 1.0625rem; font-weight: 600; }
    header button { background: transparent; color: inherit; font-size: 1.5rem; line-height: 1; }
    header button:focus-visible { outline-color: var(--on-accent); box-shadow: none; }
    .help { padding: 0 .75rem .5rem; border-block-end: 1px solid var(--line); background: var(--soft); max-height: 55%; overflow-y: auto; }
    .help h3 { margin: 0; font-size: .9375rem; }
    .help .top { display: flex; align-items: center; justify-content: space-between; }
    .help a:not(.button), .plain { color: var(--accent); }
    .plain { background: transparent; text-decoration: underline; padding-inline: .5rem; }
    .row a.button { flex: 1 1 5.5rem; padding-inline: .4rem; text-align: center; }
    .pinned .help { border-block-end: .25rem solid var(--help); }
    .row { display: flex; flex-wrap: wrap; gap: .5rem; }
    .help ul { margin: .5rem 0 0; padding: 0; list-style: none; font-size: .9375rem; }
    .help li { margin-block-end: .5rem; }
    .log { flex: 1; overflow-y: auto; padding: .75rem; display: flex; flex-direction: column; gap: .75rem; overscroll-behavior: contain; }
    .message { max-width: 92%; padding: .6rem .8rem; border-radius: .8rem; background: var(--soft); overflow-wrap: anywhere; }
    .message p, .message ul, .message ol { margin: 0 0 .5rem; }
    .message ul, .message ol { padding-inline-start: 1.25rem; }
    .message > :last-child { margin-block-end: 0; }
    .message a { color: var(--accent); font-weight: 600; }
    .mine { align-self: flex-end; background: var(--accent); color: var(--on-accent); }
    .mine .problem { color: inherit; font-size: .875rem; display: flex; align-items: center; gap: .5rem; flex-wrap: wrap; margin-block-start: .25rem; }
    .crisis { border-inline-start: .35rem solid var(--help); max-width: 100%; }
    .card { display: flex; flex-wrap: wrap; gap: .5rem; margin-block: .5rem; }
    .card a.button { background: var(--help); color: var(--on-help); }
    .choices { display: flex; flex-wrap: wrap; gap: .5rem; }
    .choices button { text-align: start; justify-content: flex-start; }
    .status { margin: 0; padding: 0 .75rem; font-size: .875rem; }
    .status:not(:empty) { padding-block: .4rem; border-block-start: 1px solid var(--line); }
    form { display: flex; gap: .5rem; padding: .6rem; border-block-start: 1px solid var(--line); align-items: flex-end; }
    textarea { flex: 1; font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--line); border-radius: .6rem; padding: .55rem .7rem; min-height: 44px; max-height: 8rem; resize: none; field-sizing: content; }
    .hidden { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
    @media (max-width: 30rem) { .root.open { inset: 0; } .panel { width: 100vw; height: 100dvh; border: 0; border-radius: 0; } }
    @media (max-height: 30rem) { .help { max-height: 35%; } }
    @media (prefers-color-scheme: dark) { .root { --accent: #7fd3dd; --on-accent: #08282c; --help: #ffb4a9; --on-help: #410002; --paper: #14191a; --ink: #e8ecea; --soft: #222b2d; --line: #8a9896; } }
    @media (forced-colors: active) { .message, button, a.button { border: 1px solid; } }`;

  /** Makes an element; strings among the children become text, never markup. */
  function make(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (typeof value === 'function') element.addEventListener(name, value);
      else if (value !== undefined && value !== null && value !== false) element.setAttribute(name, value === true ? '' : value);
    }
    element.append(...children);
    return element;
  }

  const digits = text => text.replace(/\D/g, '');
  const spoken = text => (digits(text).length <= 6 ? digits(text).split('').join(' ') : undefined);

  /** A link that calls or texts. The number is always its text; short numbers are read out digit by digit. */
  function numberLink(label, uri, className) {
    const number = label.match(/[\d(][\d ().-]*\d/);
    const say = number && spoken(number[0]) ? label.replace(number[0], spoken(number[0])) : undefined;
    return make('a', { href: uri, class: className, 'aria-label': say }, label);
  }

  const allowed = uri => /^(tel:[+\d]+|sms:[+\d]+(\?body=[\w%]*)?|https:\/\/\S+)$/.test(uri);

  // ---- Text -------------------------------------------------------------------------------------------------

  /** Bold, and the numbers and sites we know, as links. Everything else stays text. */
  function inline(parent, text, links) {
    for (const [index, part] of text.split('**').entries()) {
      const target = index % 2 ? parent.appendChild(make('strong')) : parent;
      let rest = part;
      while (rest) {
        let first = null;
        for (const [label, uri] of links) {
          const at = indexOfWhole(rest, label);
          if (at >= 0 && (!first || at < first.at || (at === first.at && label.length > first.label.length))) first = { at, label, uri };
        }
        if (!first) { target.append(rest); break; }
        target.append(rest.slice(0, first.at), numberLink(first.label, first.uri));
        rest = rest.slice(first.at + first.label.length);
      }
    }
  }

  function indexOfWhole(text, label) {
    for (let at = text.indexOf(label); at >= 0; at = text.indexOf(label, at + 1)) {
      const before = text[at - 1] || ' ', after = text[at + label.length] || ' ';
      if (!/[\w-]/.test(before) && !/[\w-]/.test(after)) return at;
    }
    return -1;
  }

  function blocks(text, links) {
    const out = [];
    let list = null;
    for (const line of text.split('\n')) {
      const item = line.match(/^(- |\d+\. )(.*)$/);
      if (item) {
        const tag = item[1] === '- ' ? 'ul' : 'ol';
        if (!list || list.localName !== tag) out.push(list = make(tag));
        inline(list.appendChild(make('li')), item[2], links);
      } else if (line.trim()) {
        list = null;
        const paragraph = make('p');
        inline(paragraph, line, links);
        out.push(paragraph);
      } else {
        list = null;
      }
    }
    return out;
  }

  // ---- The page ---------------------------------------------------------------------------------------------

  const helpList = make('ul', { hidden: true });
  const moreButton = make('button', { type: 'button', class: 'plain', 'aria-expanded': 'false', click: () => showNumbers(helpList.hidden) }, strings.more);
  const helpBox = make('section', { class: 'help', 'aria-label': strings.helpNow }, make('div', { class: 'top' }, make('h3', {}, strings.helpNow), moreButton), helpRow(), helpList);
  const log = make('div', { class: 'log', role: 'log', 'aria-live': 'polite', 'aria-label': strings.log, tabindex: '0' });
  const alertBox = make('div', { class: 'hidden', role: 'alert' });
  const status = make('p', { class: 'status', role: 'status' });
  const box = /** @type {HTMLTextAreaElement} */ (make('textarea', { id: 'question', rows: '1', maxlength: '4000', autocomplete: 'off', placeholder: strings.label, keydown: onKey }));
  const form = make('form', { submit: onSubmit }, make('label', { for: 'question', class: 'hidden' }, strings.label), box, make('button', { class: 'primary' }, strings.send));
  const panel = make('section', { class: 'panel', id: 'panel', role: 'dialog', 'aria-label': strings.title, lang: locale, hidden: true, keydown: e => { if (e.key === 'Escape') close(); } },
    make('header', {}, make('h2', {}, strings.title), make('button', { type: 'button', 'aria-label': strings.close, click: close }, '×')),
    helpBox, log, alertBox, status, form);
  const openButton = make('button', { type: 'button', class: 'primary', 'aria-expanded': 'false', click: () => open(false) }, strings.launcher);
  const launch = make('div', { class: 'launch', lang: locale }, make('button', { type: 'button', class: 'urgent', click: () => open(true) }, strings.helpNow), openButton);
  const root = make('div', { class: 'root' }, launch, panel);
  const host = make('div', { id: 'faq-bot' });
  const shadow = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(style);
  shadow.adoptedStyleSheets = [sheet];
  shadow.append(root);

  for (const line of help.lines) {
    const item = make('li', {}, make('strong', {}, line.name), line.purpose ? `: ${line.purpose}` : '', line.answeredBy ? ` (${line.answeredBy}; ${line.hours})` : '', make('br'));
    if (line.call) item.append(numberLink(`${strings.call} ${line.call}`, line.callUri), ' ');
    if (line.textUri) item.append(numberLink(line.textWord ? `${strings.text} ${line.textWord} ${strings.to} ${line.text}` : `${strings.text} ${line.text}`, line.textUri), ' ');
    if (line.chat) item.append(make('a', { href: line.chat, rel: 'noreferrer', target: '_blank' }, `${strings.chat}: ${new URL(line.chat).host}`));
    helpList.append(item);
  }
  if (help.outside) helpList.append(make('li', {}, help.outside));
  helpList.append(make('li', {}, make('a', { href: new URL('crisis-protocol', base).href }, strings.protocol)));

  function helpRow() {
    const row = make('div', { class: 'row' });
    for (const line of help.lines.slice(0, 2)) {
      if (line.call) row.append(numberLink(`${strings.call} ${line.call}`, line.callUri, 'button urgent'));
      if (line.textUri) row.append(numberLink(line.textWord ? `${strings.text} ${line.textWord} ${strings.to} ${line.text}` : `${strings.text} ${line.text}`, line.textUri, 'button urgent'));
    }
    return row;
  }

  let unfoldedByUs = false;
  function showNumbers(shown) {
    unfoldedByUs = false;
    helpList.hidden = !shown;
    moreButton.setAttribute('aria-expanded', String(shown));
    moreButton.textContent = shown ? strings.less : strings.more;
  }

  /** While nothing answers, all numbers are shown; they fold again when the connection is back, unless the person unfolded them. */
  function showNumbersMeanwhile() {
    if (!helpList.hidden) return;
    showNumbers(true);
    unfoldedByUs = true;
  }

  function open(withHelp) {
    panel.hidden = false;
    launch.hidden = true;
    root.classList.add('open');
    openButton.setAttribute('aria-expanded', 'true');
    if (withHelp) showNumbers(true);
    (withHelp ? helpBox.querySelector('a') : box).focus();
    if (!started) { started = true; start(); }
  }

  function close() {
    panel.hidden = true;
    launch.hidden = false;
    root.classList.remove('open');
    openButton.setAttribute('aria-expanded', 'false');
    openButton.focus();
  }

  function onKey(event) {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) { event.preventDefault(); form.requestSubmit(); }
  }

  function onSubmit(event) {
    event.preventDefault();
    const text = box.value.trim();
    if (!text) { box.focus(); return; }
    box.value = '';
    say({ type: 'message', text });
    box.focus();
  }

  // ---- Messages ---------------------------------------------------------------------------------------------

  const mine = new Map(); // client activity id → element
  let choices = null;

  function show(element) {
    log.append(element);
    // The top of a long reply is what must be read first.
    log.scrollTop = element.offsetTop - log.offsetTop - 8;
  }

  function showBot(activity) {
    const cards = (activity.attachments || []).filter(a => a.contentType === 'application/vnd.microsoft.card.hero' && a.content);
    const actions = cards.flatMap(card => card.content.buttons || []).filter(b => typeof b.value === 'string' && allowed(b.value));
    const data = activity.channelData || {};
    const links = linksFor(actions, data.numbers);
    const message = make('div', { class: data.outcome === 'handoff' || data.outcome === 'failure' ? 'message crisis' : 'message', lang: data.language || activity.locale || undefined },
      make('span', { class: 'hidden' }, strings.bot), ...blocks(activity.text || '', links));
    if (data.bodyLanguage) [...message.children].slice(2, 2 + Number(data.bodyParagraphs)).forEach(block => { block.lang = String(data.bodyLanguage); });
    for (const card of cards) {
      if (card.content.title) message.append(make('p', {}, make('strong', {}, String(card.content.title))));
      if (card.content.text) message.append(...blocks(String(card.content.text), links));
    }
    // The first number stands right under the first sentence; the others follow the steps.
    const first = message.querySelector('p');
    if (actions.length && first) first.after(make('div', { class: 'card' }, actionLink(actions[0])));
    if (actions.length > 1) message.append(make('div', { class: 'card' }, ...actions.slice(first ? 1 : 0).map(actionLink)));
    if (data.citation && typeof data.citation.url === 'string') {
      const target = new URL(data.citation.url, base);
      if (target.protocol === 'https:' || target.protocol === 'http:') message.append(make('p', {}, make('a', { href: target.href, click: narrow }, strings.read)));
    }
    show(message);
    if (data.helpPinned) panel.classList.add('pinned');
    if (message.classList.contains('crisis')) alertBox.textContent = `${strings.help}: ${message.querySelector('p')?.textContent || ''}`;
    offer((activity.suggestedActions && activity.suggestedActions.actions) || []);
  }

  const actionLink = action => numberLink(String(action.title), action.value, 'button');

  /** On a small screen the panel covers the article, so following a citation closes it. */
  function narrow() {
    if (matchMedia('(max-width: 30rem)').matches) close();
  }

  function linksFor(actions, numbers) {
    const links = new Map([['findahelpline.com', 'https://findahelpline.com']]);
    for (const line of help.lines) {
      if (line.call) links.set(line.call, line.callUri);
      if (line.chat) links.set(new URL(line.chat).host, line.chat);
    }
    for (const [number, uri] of Object.entries(numbers || {})) if (allowed(String(uri))) links.set(number, String(uri));
    for (const action of actions) {
      const number = action.value.startsWith('tel:') && String(action.title).match(/[\d(][\d ().-]*\d/);
      if (number) links.set(number[0], action.value);
    }
    return links;
  }

  function offer(actions) {
    if (choices) choices.remove();
    choices = null;
    const shown = actions.filter(action => ['messageBack', 'imBack', 'postBack'].includes(action.type));
    if (!shown.length) return;
    choices = make('div', { class: 'choices', role: 'group', 'aria-label': strings.choices }, ...shown.map(action => make('button', { type: 'button', class: 'quiet', click: () => choose(action) }, String(action.title))));
    log.append(choices);
  }

  function choose(action) {
    const text = String(action.text || action.displayText || action.title);
    say(action.type === 'imBack' ? { type: 'message', text: String(action.value) } : { type: 'message', text, value: action.value, channelData: { messageBack: { displayText: text } } });
    box.focus();
  }

  function say(activity) {
    offer([]);
    const id = crypto.getRandomValues(new Uint32Array(4)).join('-');
    const element = make('div', { class: 'message mine' }, make('span', { class: 'hidden' }, strings.you), make('p', {}, activity.text));
    mine.set(id, element);
    show(element);
    post({ ...activity, locale: asked, channelData: { ...activity.channelData, clientActivityID: id } }, element);
  }

  function receive(set) {
    for (const activity of (set && set.activities) || []) {
      if (activity.type !== 'message' || seen.has(activity.id)) continue;
      seen.add(activity.id);
      const own = activity.channelData && mine.get(activity.channelData.clientActivityID);
      if (own) own.querySelector('.problem')?.remove();
      else if (activity.from && activity.from.role === 'bot') showBot(activity);
      else show(make('div', { class: 'message mine' }, make('span', { class: 'hidden' }, strings.you), make('p', {}, String(activity.text || ''))));
    }
    if (set && set.watermark) watermark = set.watermark;
  }

  // ---- Direct Line ------------------------------------------------------------------------------------------

  const seen = new Set();
  let started = false, token = '', conversationId = '', watermark = '', attempts = 0, brokenSockets = 0, ready = null, polling = 0;
  const wait = ms => new Promise(resolve => setTimeout(resolve, ms));

  async function request(path, method = 'GET', body = undefined) {
    const response = await fetch(new URL(`v3/directline/${path}`, base), {
      method, credentials: 'omit', cache: 'no-store', referrerPolicy: 'no-referrer', signal: AbortSignal.timeout(15000),
      headers: { ...(token && { Authorization: `Bearer ${token}` }), ...(body !== undefined && { 'Content-Type': 'application/json' }) },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    if (!response.ok) throw Object.assign(new Error(`status ${response.status}`), { status: response.status });
    return response.json();
  }

  /** Begins a conversation and keeps at it: there is nobody else to do so. */
  function start() {
    ready = (async () => {
      for (;;) {
        try {
          status.textContent = attempts ? strings.offline : strings.connecting;
          token = '';
          token = (await request('tokens/generate', 'POST', {})).token;
          const conversation = await request('conversations', 'POST', { locale: asked });
          conversationId = conversation.conversationId;
          watermark = '';
          seen.clear();
          adopt(conversation);
          return;
        } catch {
          status.textContent = strings.offline;
          showNumbersMeanwhile();
          await wait(Math.min(15000, 1000 * 2 ** attempts++));
        }
      }
    })();
  }

  function adopt(conversation) {
    token = conversation.token;
    attempts = 0;
    status.textContent = '';
    if (unfoldedByUs) showNumbers(false);
    clearTimeout(refreshing);
    refreshing = setTimeout(refresh, Math.max(60, conversation.expires_in / 2) * 1000);
    if (brokenSockets < 3 && conversation.streamUrl) listen(conversation.streamUrl);
    else poll(++polling);
  }

  let refreshing = 0;
  async function refresh() {
    try {
      const next = await request('tokens/refresh', 'POST');
      token = next.token;
      refreshing = setTimeout(refresh, (next.expires_in / 2) * 1000);
    } catch {
      refreshing = setTimeout(refresh, 30000);
    }
  }

  function listen(url) {
    const socket = new WebSocket(url);
    let heard = Date.now(), worked = false;
    // The server says something at least every 15 seconds; silence means that the connection is dead.
    const watch = setInterval(() => { if (Date.now() - heard > 40000) socket.close(); else if (socket.readyState === 1) socket.send(''); }, 10000);
    socket.onmessage = event => {
      heard = Date.now();
      worked = true;
      brokenSockets = 0;
      if (event.data) receive(JSON.parse(event.data));
    };
    socket.onclose = () => {
      clearInterval(watch);
      if (!worked) brokenSockets++;
      reconnect();
    };
  }

  async function reconnect() {
    for (;;) {
      await wait(Math.min(15000, 500 * 2 ** attempts));
      try {
        adopt(await request(`conversations/${conversationId}?watermark=${encodeURIComponent(watermark)}`));
        return;
      } catch (error) {
        if (error.status === 403 || error.status === 404) { renew(); return; }
        if (attempts++) status.textContent = strings.offline;
      }
    }
  }

  async function poll(turn) {
    while (turn === polling) {
      try {
        receive(await request(`conversations/${conversationId}/activities?watermark=${encodeURIComponent(watermark)}`));
        status.textContent = '';
      } catch (error) {
        if (error.status === 403 || error.status === 404) { renew(); return; }
        status.textContent = strings.offline;
      }
      await wait(1000);
    }
  }

  /** The server kept nothing of the conversation (any more). What is on the screen stays; a new one begins. */
  function renew() {
    show(make('div', { class: 'message' }, make('p', {}, strings.ended)));
    attempts = 0;
    polling++;
    start();
  }

  async function post(activity, element) {
    element.querySelector('.problem')?.remove();
    try {
      await ready;
      await request(`conversations/${conversationId}/activities`, 'POST', activity);
    } catch (error) {
      const why = error.status === 413 ? strings.tooLong : error.status === 429 ? strings.tooMany : strings.notSent;
      showNumbersMeanwhile();
      element.querySelector('.problem')?.remove();
      element.append(make('div', { class: 'problem', role: 'alert' }, why, ' ', make('button', { type: 'button', class: 'quiet', click: () => post(activity, element) }, strings.retry)));
      element.scrollIntoView({ block: 'nearest' });
    }
  }

  (document.body || document.documentElement).append(host);
})();
