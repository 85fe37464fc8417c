// Direct Line 3.0: one conversation at a time, kept up over broken lines, sleep and restarts of the server. What is to be sent stands in an
// outbox and goes out in order, each message once: the server knows a message that comes again by its clientActivityID.

/**
 * @typedef {{ type: string, name?: string, value?: any, id?: string, text?: string, timestamp?: string, locale?: string, from?: { role?: string }, channelData?: any, attachments?: any[], suggestedActions?: { actions?: any[] } }} Activity
 * @typedef {{ conversationId: string, token: string }} Kept
 * @typedef {{
 *   activity: (activity: Activity) => void,
 *   state: (state: 'connecting' | 'offline' | 'online') => void,
 *   grant: (kept: Kept) => void,
 *   renewed: () => void,
 *   sent: (id: string) => void,
 *   unsent: (id: string, why: 'waiting' | 'tooMany' | 'tooLong' | 'notSent') => void,
 * }} Events
 */

export class Connection {
  // The server says something at least every 15 seconds; longer silence means that the line is dead, though nobody has told us.
  static silence = 40000;
  static patience = 15000;
  static longestWait = 15000;

  token = '';
  conversationId = '';
  #watermark = '';
  /** @type {Set<string>} */
  #seen = new Set();
  /** @type {{ id: string, activity: Activity }[]} */
  #outbox = [];
  #isSending = false;
  #isConnected = false;
  #isStarting = false;
  #isOver = false;
  #attempts = 0;
  #brokenSockets = 0;
  #polling = 0;
  /** @type {WebSocket | null} */
  #socket = null;
  #heard = 0;
  #refreshing = 0;
  #watching = 0;
  /** Ends the wait before the next attempt. */
  #hurry = () => { };

  /** @param {URL} root @param {string} locale @param {Events} events */
  constructor(root, locale, events) {
    this.root = root;
    this.locale = locale;
    this.events = events;
    /** @param {Event} [event] */
    this.look = event => this.#look(event?.type === 'online');
    addEventListener('online', this.look);
    addEventListener('offline', this.look);
    document.addEventListener('visibilitychange', this.look);
    this.#watching = setInterval(this.look, 5000);
  }

  /** Begins a conversation, or takes up a kept one from its beginning, and keeps at it. @param {Kept | null} kept */
  async start(kept = null) {
    this.#isStarting = true;
    this.events.state('connecting');
    this.#watermark = '';
    this.#seen.clear();
    while (!this.#isOver) {
      try {
        if (kept) {
          this.token = kept.token;
          this.conversationId = kept.conversationId;
          this.#adopt(await this.#request(`conversations/${kept.conversationId}?watermark=0`), '0');
        } else {
          this.token = '';
          this.token = (await this.#request('tokens/generate', 'POST', {})).token;
          this.#adopt(await this.#request('conversations', 'POST', { locale: this.locale }), '');
        }
        return;
      } catch (error) {
        if (kept && isGone(error)) { kept = null; this.events.renewed(); } else await this.#backOff();
      }
    }
  }

  /** Puts an activity into the outbox; gives back the id under which its fate is told. @param {Activity} activity */
  send(activity) {
    const id = crypto.getRandomValues(new Uint32Array(4)).join('-');
    this.#outbox.push({ id, activity: { ...activity, locale: this.locale, channelData: { ...activity.channelData, clientActivityID: id } } });
    if (!this.#isConnected) this.events.unsent(id, 'waiting');
    this.#flush();
    return id;
  }

  /** Tries again at once. */
  hurry() { this.#hurry(); this.#flush(); }

  /** Deletes the conversation on the server; false when it could not be told. */
  async remove() {
    const { conversationId, token } = this;
    this.end();
    if (!conversationId) return true;
    try {
      // A plain text, so that a page that is being left needs to ask nothing before it sends this.
      const response = await fetch(this.#address(`conversations/${conversationId}/delete`), { method: 'POST', body: token, keepalive: true, credentials: 'omit', referrerPolicy: 'no-referrer' });
      return response.ok || response.status === 403 || response.status === 404;
    } catch {
      return false;
    }
  }

  end() {
    this.#isOver = true;
    this.#polling++;
    clearTimeout(this.#refreshing);
    clearInterval(this.#watching);
    removeEventListener('online', this.look);
    removeEventListener('offline', this.look);
    document.removeEventListener('visibilitychange', this.look);
    this.#drop();
    this.#hurry();
  }

  #address(path) { return new URL(`v3/directline/${path}`, this.root); }

  /** @param {string} path @param {string} method @param {object} [body] */
  async #request(path, method = 'GET', body) {
    const response = await fetch(this.#address(path), {
      method, credentials: 'omit', cache: 'no-store', referrerPolicy: 'no-referrer', signal: AbortSignal.timeout(Connection.patience),
      headers: { ...(this.token && { Authorization: `Bearer ${this.token}` }), ...(body !== undefined && { 'Content-Type': 'application/json' }) },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    if (!response.ok) throw Object.assign(new Error(`status ${response.status}`), { status: response.status, after: Number(response.headers.get('Retry-After')) });
    return response.json();
  }

  async #backOff() {
    this.#isConnected = false;
    this.events.state('offline');
    await this.#wait(Math.min(Connection.longestWait, 500 * 2 ** this.#attempts++));
  }

  #wait(ms) {
    return new Promise(resolve => {
      this.#hurry = () => resolve(undefined);
      setTimeout(resolve, ms);
    });
  }

  #adopt(conversation, watermark) {
    this.conversationId = conversation.conversationId;
    this.token = conversation.token;
    if (watermark) this.#watermark = watermark;
    this.#attempts = 0;
    this.#isStarting = false;
    this.#isConnected = true;
    this.events.state('online');
    this.events.grant({ conversationId: this.conversationId, token: this.token });
    clearTimeout(this.#refreshing);
    this.#refreshing = setTimeout(() => this.#refresh(), Math.max(60, conversation.expires_in / 2) * 1000);
    if (this.#brokenSockets < 3 && conversation.streamUrl) this.#listen(conversation.streamUrl);
    else this.#poll(++this.#polling);
    this.#flush();
  }

  async #refresh() {
    let next = 30;
    try {
      const grant = await this.#request('tokens/refresh', 'POST');
      this.token = grant.token;
      next = grant.expires_in / 2;
      this.events.grant({ conversationId: this.conversationId, token: this.token });
    } catch {
      // Tried again; a token that has run out is noticed by the next request.
    }
    if (!this.#isOver) this.#refreshing = setTimeout(() => this.#refresh(), next * 1000);
  }

  #receive(set) {
    for (const activity of set?.activities || []) {
      if (this.#seen.has(activity.id)) continue;
      this.#seen.add(activity.id);
      this.events.activity(activity);
    }
    if (set?.watermark) this.#watermark = set.watermark;
  }

  #listen(url) {
    const socket = this.#socket = new WebSocket(url);
    let worked = false;
    this.#heard = Date.now();
    socket.onmessage = event => {
      this.#heard = Date.now();
      worked = true;
      this.#brokenSockets = 0;
      if (event.data) this.#receive(JSON.parse(event.data));
    };
    socket.onclose = () => {
      if (this.#socket !== socket) return;
      this.#drop();
      if (!worked) this.#brokenSockets++;
      this.#reconnect();
    };
  }

  /** Lets go of the socket without waiting for a goodbye, which a dead line never brings. */
  #drop() {
    const socket = this.#socket;
    this.#socket = null;
    if (socket) { socket.onmessage = socket.onclose = null; socket.close(); }
  }

  /** After sleep, in another network, or just now and then: is the line still there? */
  #look(isNewNetwork) {
    if (!navigator.onLine) this.events.state('offline');
    else if (!this.#isConnected) { if (isNewNetwork) this.#hurry(); }
    else if (this.#socket && (isNewNetwork || Date.now() - this.#heard > Connection.silence)) {
      this.#drop();
      this.#reconnect();
    } else if (this.#socket?.readyState === 1) {
      this.#socket.send('');
      this.events.state('online');
    }
  }

  async #reconnect() {
    this.#isConnected = false;
    while (!this.#isOver) {
      try {
        if (this.#attempts) await this.#backOff(); else this.#attempts = 1;
        this.#adopt(await this.#request(`conversations/${this.conversationId}?watermark=${encodeURIComponent(this.#watermark || '0')}`), '');
        return;
      } catch (error) {
        if (isGone(error)) { this.#renew(); return; }
      }
    }
  }

  async #poll(turn) {
    while (turn === this.#polling && !this.#isOver) {
      try {
        this.#receive(await this.#request(`conversations/${this.conversationId}/activities?watermark=${encodeURIComponent(this.#watermark)}`));
        if (!this.#isConnected) { this.#isConnected = true; this.#attempts = 0; this.events.state('online'); this.#flush(); }
      } catch (error) {
        if (isGone(error)) { this.#renew(); return; }
        await this.#backOff();
      }
      await this.#wait(1000);
    }
  }

  /** The server kept nothing of the conversation (any more). What is on the screen stays; a new one begins. */
  #renew() {
    // A post and a poll may both hear that the conversation is gone; one new one is enough.
    if (this.#isOver || this.#isStarting) return;
    this.#drop();
    this.#polling++;
    this.#attempts = 0;
    this.#isConnected = false;
    this.events.renewed();
    this.start();
  }

  /** Sends the outbox, one after the other; what fails stays at the head and is tried again. */
  async #flush() {
    if (this.#isSending || !this.#isConnected) return;
    this.#isSending = true;
    for (let failures = 0; this.#outbox.length && this.#isConnected && !this.#isOver;) {
      const { id, activity } = this.#outbox[0];
      try {
        await this.#request(`conversations/${this.conversationId}/activities`, 'POST', activity);
        this.#outbox.shift();
        failures = 0;
        this.events.sent(id);
      } catch (error) {
        if (isGone(error)) { this.#renew(); break; }
        if (error.status >= 400 && error.status < 500 && error.status !== 429 && error.status !== 408) {
          this.#outbox.shift();
          this.events.unsent(id, error.status === 413 ? 'tooLong' : 'notSent');
        } else {
          this.events.unsent(id, error.status === 429 ? 'tooMany' : 'waiting');
          await this.#wait(error.after ? error.after * 1000 : Math.min(Connection.longestWait, 500 * 2 ** failures++));
        }
      }
    }
    this.#isSending = false;
  }
}

const isGone = error => error.status === 401 || error.status === 403 || error.status === 404;
