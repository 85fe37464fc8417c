// The chat: loaded when a person opens it. The launcher made the frame it lives in, and can show the numbers without it.
import { Connection } from './connection.js';
import { leave, onShiftThrice } from './leave.js';
import { strings } from './strings.js';
import { style } from './style.js';
import { blocksOf, isAllowed } from './text.js';

const STORE = 'faq-bot';
const SLOW = 900;
const VERY_SLOW = 4000;

/** @param {any} launcher what the launcher lends: elements, texts of the numbers, settings */
export function mount(launcher) {
  const { make, button, numberLink, waysOf, listOf, data, root, frame } = launcher;
  launcher.addStyle(style);
  let t = strings[launcher.language];
  // The server puts in what the launcher leaves out of a line: who answers, when, and where to write.
  const details = /*details*/{}/*details*/;
  // What the button says that asks for a call; null where nobody calls back.
  const calls = /** @type {Record<string, string> | null} */ (/*calls*/null/*calls*/);

  // ---- What is always there -----------------------------------------------------------------------------------

  /** Things whose text or name is in the person's language. @type {[HTMLElement, string, string?][]} */
  const labels = [];
  const label = (element, key, attribute = '') => { labels.push([element, key, attribute]); return element; };

  const row = make('div', { class: 'row' });
  const lines = make('ul', { class: 'lines' });
  const moreButton = button('plain', () => showNumbers(lines.hidden));
  const help = label(make('section', { class: 'help' }, make('div', { class: 'top' }, label(make('h3'), 'help'), moreButton), row, lines), 'help', 'aria-label');
  const menuNote = make('p', { role: 'status' });
  const keepButton = label(button('quiet', keep), 'keep');
  const removeButton = label(button('quiet', askRemove), 'remove');
  const languageButton = label(button('quiet', () => window.FaqBot.setLocale(languageButton.lang)), 'language');
  const menu = make('div', { class: 'menu', id: 'menu' }, languageButton, keepButton, label(button('quiet', download), 'download'), removeButton,
    label(make('a', { href: new URL('questions', root).href }), 'questions'), label(make('a', { href: new URL('privacy', root).href }), 'privacy'), menuNote);
  const menuButton = make('button', { type: 'button', 'aria-expanded': 'false', 'aria-controls': 'menu', click: () => showMenu(menu.hidden) });
  const log = label(make('div', { class: 'log', role: 'log', 'aria-live': 'polite', tabindex: '0' }), 'log', 'aria-label');
  const alertBox = make('div', { class: 'hidden', role: 'alert' });
  const status = make('p', { class: 'status', role: 'status' });
  const box = /** @type {HTMLTextAreaElement} */ (label(make('textarea', { id: 'question', rows: '1', maxlength: '4000', autocomplete: 'off', keydown: onKey }), 'label', 'placeholder'));
  const form = make('form', { submit: onSubmit }, label(make('label', { for: 'question', class: 'hidden' }), 'label'), box, label(make('button', { class: 'primary' }), 'send'));
  const title = make('h2');
  const panel = make('section', { class: 'panel', role: 'dialog', keydown: onEscape },
    make('header', {}, title, label(button('leave', leaveNow), 'leave'), label(menuButton, 'menu'), label(button('x', close, '×'), 'close', 'aria-label')),
    help, menu, log, alertBox, status, form);
  menu.hidden = lines.hidden = panel.hidden = true;
  frame.append(panel);

  /** Writes everything of the chat's own in the person's language; what was said stays as it was. */
  function write() {
    t = strings[launcher.language];
    for (const [element, key, attribute] of labels) if (attribute) element.setAttribute(attribute, t[key]); else element.textContent = t[key];
    title.textContent = data.title || t.title;
    panel.setAttribute('aria-label', data.title || t.title);
    panel.lang = launcher.language;
    languageButton.lang = launcher.language === 'en' ? 'es' : 'en';
    moreButton.textContent = lines.hidden ? t.more : t.less;
    if (connection) connection.locale = launcher.language;
    row.replaceChildren(...launcher.lines.slice(0, 2).flatMap(waysOf).map(([text, uri]) => numberLink(text, uri, 'button urgent')), ...(calls ? [button('quiet', askForCall, calls[launcher.language])] : []));
    lines.replaceChildren(...listOf(), make('li', {}, make('a', { href: new URL('crisis-protocol', root).href }, t.protocol)));
    const items = [...lines.children].filter(item => item.querySelector('strong'));
    launcher.lines.forEach((line, i) => {
      const more = details[launcher.language]?.[i], end = items[i].querySelector('br');
      if (more) {
        while (end.previousSibling.localName !== 'strong') end.previousSibling.remove();
        end.before(`: ${more.text}`);
        if (more.chat) items[i].append(make('a', { href: more.chat, rel: 'noreferrer', target: '_blank' }, new URL(more.chat).host), ' ');
      }
      if (line.c && navigator.clipboard && matchMedia('(pointer: fine)').matches) items[i].append(copyButton(line.c));
    });
  }

  function askForCall() {
    const text = /** @type {any} */ (calls)[launcher.language];
    choose({ text, title: text, value: { callback: 'start' } });
  }

  /** For a desk without a telephone, where nothing happens on a tap on a number. */
  function copyButton(number) {
    const copied = button('plain', () => navigator.clipboard.writeText(number).then(() => { copied.textContent = `${t.copied}: ${number}`; }, () => { }), `${t.copy} ${number}`);
    return copied;
  }

  let unfoldedByUs = false;
  function showNumbers(shown) {
    unfoldedByUs = false;
    lines.hidden = !shown;
    moreButton.setAttribute('aria-expanded', String(shown));
    moreButton.textContent = shown ? t.less : t.more;
  }

  /** While nothing answers, all numbers are shown; they fold again when the connection is back, unless the person unfolded them. */
  function showNumbersMeanwhile() {
    if (!lines.hidden) return;
    showNumbers(true);
    unfoldedByUs = true;
  }

  // ---- Opening, closing, leaving ----------------------------------------------------------------------------

  let unread = 0;

  function open(withHelp) {
    const wasHidden = panel.hidden;
    panel.hidden = false;
    launcher.launch.hidden = true;
    frame.classList.add('open');
    launcher.openButton.setAttribute('aria-expanded', 'true');
    launcher.unread = unread = 0;
    if (withHelp) showNumbers(true);
    (withHelp ? help.querySelector('a') : box).focus();
    connect();
    if (wasHidden) launcher.emit('open');
  }

  function close() {
    if (panel.hidden) return;
    panel.hidden = true;
    launcher.launch.hidden = false;
    frame.classList.remove('open');
    launcher.openButton.setAttribute('aria-expanded', 'false');
    launcher.openButton.focus();
    launcher.emit('close');
  }

  function onEscape(event) {
    if (event.key !== 'Escape') return;
    if (menu.hidden) close(); else { showMenu(false); menuButton.focus(); }
  }

  function showMenu(shown) {
    menu.hidden = !shown;
    menuNote.replaceChildren();
    menuButton.setAttribute('aria-expanded', String(shown));
  }

  function leaveNow() {
    forget();
    connection?.remove();
    leave(isAllowed(data.leave || '') ? data.leave : 'https://www.weather.gov/');
  }

  // ---- Keeping, copying, deleting ---------------------------------------------------------------------------

  let isKept = false, grant = null;

  function store() {
    try {
      if (isKept && grant) sessionStorage.setItem(STORE, JSON.stringify(grant));
      return true;
    } catch {
      return false;
    }
  }

  function forget() {
    isKept = false;
    keepButton.setAttribute('aria-pressed', 'false');
    try { sessionStorage.removeItem(STORE); } catch { /* Where storage is blocked nothing was kept. */ }
  }

  /** @returns {import('./connection.js').Kept | null} what the person asked to keep, when there is any */
  function takeKept() {
    try {
      const kept = JSON.parse(sessionStorage.getItem(STORE) || 'null');
      return typeof kept?.conversationId === 'string' && typeof kept.token === 'string' ? kept : null;
    } catch {
      return null;
    }
  }

  function keep() {
    if (isKept) { forget(); menuNote.textContent = t.unkept; return; }
    isKept = true;
    isKept = store();
    keepButton.setAttribute('aria-pressed', String(isKept));
    menuNote.textContent = isKept ? t.kept : t.noStorage;
  }

  function download() {
    const text = [...log.querySelectorAll('.message')].map(message => [...message.querySelectorAll('.hidden, p, li, time')].map(part => part.textContent).join('\n')).join('\n\n');
    const link = make('a', { href: URL.createObjectURL(new Blob([text], { type: 'text/plain' })), download: t.file });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }

  /** Asks first, in its own place: one press too many deletes nothing. */
  function askRemove() {
    const stay = button('quiet', () => { menuNote.replaceChildren(); removeButton.focus(); }, t.stay);
    menuNote.replaceChildren(t.sure, ' ', button('urgent', remove, t.removeIt), ' ', stay);
    stay.focus();
  }

  async function remove() {
    forget();
    const old = connection;
    connection = null;
    grant = null;
    log.replaceChildren();
    mine.clear();
    choices = null;
    alertBox.textContent = '';
    setBusy(false);
    panel.classList.remove('pinned');
    showMenu(false);
    box.focus();
    say('message', t[await old?.remove() === false ? 'notRemoved' : 'removed']);
  }

  // ---- Messages ---------------------------------------------------------------------------------------------

  /** What the person said, by the id under which it was sent. @type {Map<string, HTMLElement>} */
  const mine = new Map();
  let choices = null;
  let busy = 0;

  function onKey(event) {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) { event.preventDefault(); form.requestSubmit(); }
  }

  function onSubmit(event) {
    event.preventDefault();
    const text = box.value.trim();
    box.focus();
    if (!text) return;
    box.value = '';
    send({ type: 'message', text });
  }

  function send(activity) {
    offer([]);
    const line = connect();
    const element = show(make('div', { class: 'message mine' }, make('span', { class: 'hidden' }, t.you), make('p', { dir: 'auto' }, activity.text), meta(new Date())));
    const id = line.send(activity);
    mine.set(id, element);
    if (pending.has(id)) unsent(id, pending.get(id));
    setBusy(true);
  }

  /** A line of our own. */
  function say(className, text) { return show(make('div', { class: className }, make('p', {}, text))); }

  function show(element) {
    log.append(element);
    if (choices) log.append(choices);
    // The top of a long reply is what must be read first.
    log.scrollTop = element.offsetTop - log.offsetTop - 8;
    if (panel.scrollHeight > panel.clientHeight) element.scrollIntoView({ block: 'nearest' });
    return element;
  }

  const meta = time => make('div', { class: 'meta' }, make('time', { datetime: time.toISOString() }, time.toLocaleTimeString(launcher.language, { hour: 'numeric', minute: '2-digit' })));

  /** Says so when an answer is slow, and not before. */
  function setBusy(isBusy) {
    clearTimeout(busy);
    if (status.textContent === t.looking) status.textContent = '';
    if (isBusy) {
      // Whoever waits longer than that should not have to look for the numbers.
      busy = setTimeout(() => {
        status.textContent ||= t.looking;
        busy = setTimeout(showNumbersMeanwhile, VERY_SLOW);
      }, SLOW);
    }
  }

  function showBot(activity) {
    setBusy(false);
    const cards = (activity.attachments || []).filter(attachment => attachment.contentType === 'application/vnd.microsoft.card.hero' && attachment.content);
    const actions = cards.flatMap(card => card.content.buttons || []).filter(action => typeof action.value === 'string' && isAllowed(action.value));
    const extra = activity.channelData || {};
    const links = linksFor(actions, extra.numbers);
    const isCrisis = extra.outcome === 'handoff' || extra.outcome === 'failure';
    const message = make('div', { class: isCrisis ? 'message crisis' : 'message', lang: extra.language || activity.locale },
      make('span', { class: 'hidden' }, t.bot), ...blocksOf(activity.text || '', links, numberLink));
    if (extra.leadLanguage) message.children[1]?.setAttribute('lang', String(extra.leadLanguage));
    if (extra.bodyLanguage) [...message.children].slice(2, 2 + Number(extra.bodyParagraphs)).forEach(block => { block.lang = String(extra.bodyLanguage); });
    for (const card of cards) {
      if (card.content.title) message.append(make('p', {}, make('strong', {}, String(card.content.title))));
      if (card.content.text) message.append(...blocksOf(String(card.content.text), links, numberLink));
    }
    // The first number stands right under the first sentence; the others follow the steps.
    const first = message.querySelector('p');
    if (actions.length && first) first.after(make('div', { class: 'actions' }, actionLink(actions[0])));
    if (actions.length > 1) message.append(make('div', { class: 'actions' }, ...actions.slice(first ? 1 : 0).map(actionLink)));
    if (typeof extra.citation?.url === 'string') {
      const target = new URL(extra.citation.url, root);
      // Another page opens beside the chat, not in its place.
      const isHere = target.origin + target.pathname === location.origin + location.pathname;
      if (/^https?:$/.test(target.protocol)) message.append(make('p', {}, make('a', { href: target.href, click: closeIfNarrow, ...(!isHere && { target: '_blank', rel: 'noopener' }) }, t.read)));
    }
    const foot = meta(activity.timestamp ? new Date(activity.timestamp) : new Date());
    if (typeof extra.answerId === 'string') foot.append(...thumbs(extra.answerId));
    message.append(foot);
    if (extra.helpPinned) panel.classList.add('pinned');
    // The reply holds the numbers: the list above makes room for it.
    if (isCrisis) showNumbers(false);
    if (isCrisis) alertBox.textContent = `${t.here}: ${first?.textContent || ''}`;
    offer(activity.suggestedActions?.actions || []);
    show(message);
    if (panel.hidden) { launcher.unread = ++unread; launcher.emit('unread', unread); }
  }

  /** Was it helpful? Only the count of the answer is kept. */
  function thumbs(answerId) {
    const question = make('span', {}, t.helpful);
    const press = helpful => {
      connection?.send({ type: 'event', name: 'feedback', value: { answerId, helpful } });
      yes.remove();
      no.remove();
      question.textContent = t.thanks;
      question.setAttribute('role', 'status');
      box.focus();
    };
    const yes = button('plain', () => press(true), t.yes);
    const no = button('plain', () => press(false), t.no);
    return [question, yes, no];
  }

  const actionLink = action => numberLink(String(action.title), action.value, 'button urgent');

  /** On a small screen the chat covers the article, so following a citation closes it. */
  function closeIfNarrow() {
    if (matchMedia('(max-width: 30rem)').matches) close();
  }

  function linksFor(actions, numbers) {
    const links = new Map([['findahelpline.com', 'https://findahelpline.com']]);
    for (const line of launcher.lines) if (line.c) links.set(line.c, line.u);
    for (const more of details[launcher.language] || []) if (more.chat) links.set(new URL(more.chat).host, more.chat);
    for (const [number, uri] of Object.entries(numbers || {})) if (isAllowed(String(uri))) links.set(number, String(uri));
    for (const action of actions) {
      const number = action.value.startsWith('tel:') && String(action.title).match(/[\d(][\d ().-]*\d/);
      if (number) links.set(number[0], action.value);
    }
    return links;
  }

  function offer(actions) {
    choices?.remove();
    choices = null;
    const shown = actions.filter(action => ['messageBack', 'imBack', 'postBack'].includes(action.type));
    if (shown.length) choices = log.appendChild(make('div', { class: 'choices', role: 'group', 'aria-label': t.choices }, ...shown.map(action => button('quiet', () => choose(action), String(action.title)))));
  }

  function choose(action) {
    const text = String(action.text || action.displayText || action.title);
    // "This evening" is on the person's own clock; nothing else needs to know it.
    const localTimezone = action.value?.callback ? Intl.DateTimeFormat().resolvedOptions().timeZone : undefined;
    send(action.type === 'imBack' ? { type: 'message', text: String(action.value) } : { type: 'message', text, value: action.value, localTimezone, channelData: { messageBack: { displayText: text } } });
    box.focus();
  }

  function receive(activity) {
    if (activity.type !== 'message') return;
    const own = mine.get(activity.channelData?.clientActivityID);
    if (own) own.querySelector('.problem')?.remove();
    else if (activity.from?.role === 'bot') showBot(activity);
    else { offer([]); show(make('div', { class: 'message mine' }, make('span', { class: 'hidden' }, t.you), make('p', {}, String(activity.text || '')), meta(new Date(activity.timestamp || Date.now())))); }
  }

  // ---- The line to the server -------------------------------------------------------------------------------

  /** @type {Connection | null} */
  let connection = null;
  let state = '';
  /** What was told of a message before it had its place on the screen. @type {Map<string, string>} */
  const pending = new Map();

  function connect() {
    if (connection) return connection;
    const kept = takeKept();
    if (kept) { isKept = true; keepButton.setAttribute('aria-pressed', 'true'); }
    connection = new Connection(root, launcher.language, {
      activity: receive,
      state: setState,
      grant: next => { grant = next; store(); },
      renewed: () => { if (log.querySelector('.message')) say('message', t.ended); },
      sent: id => { pending.delete(id); mine.get(id)?.querySelector('.problem')?.remove(); },
      unsent,
    });
    connection.start(kept);
    return connection;
  }

  function setState(next) {
    if (next === state) return;
    state = next;
    status.textContent = next === 'online' ? '' : t[next];
    if (next === 'offline') showNumbersMeanwhile();
    if (next === 'online' && unfoldedByUs) showNumbers(false);
  }

  /** @param {string} id @param {any} why */
  function unsent(id, why) {
    const element = mine.get(id);
    if (!element) { pending.set(id, why); return; }
    setBusy(false);
    if (why !== 'waiting' || state !== 'connecting') showNumbersMeanwhile();
    const isFinal = why === 'tooLong' || why === 'notSent';
    const known = /** @type {HTMLElement | null} */ (element.querySelector('.problem'));
    if (known?.dataset.why === why) return;
    known?.remove();
    element.append(make('div', { class: 'problem', role: isFinal ? 'alert' : 'status', 'data-why': why }, t[why], isFinal ? '' : button('quiet', () => connection?.hurry(), t.retry)));
    element.scrollIntoView({ block: 'nearest' });
  }

  write();
  log.append(make('div', { class: 'tip' }, label(make('span'), 'tip'), label(button('quiet', event => { event.target.parentElement.remove(); box.focus(); }), 'understood')));
  write();
  onShiftThrice(leaveNow);
  return { open, close, write };
}
