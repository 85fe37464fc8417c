// The server's markdown as elements: paragraphs, lists, bold, and the numbers and sites we know as links. Everything else stays text; nothing is
// ever read as markup.

/** What may be a link's target: a call, a message, a site. */
export const isAllowed = uri => /^(tel:[+\d]+|sms:[+\d]+(\?body=[\w%]*)?|https:\/\/\S+)$/.test(uri);

/** @param {HTMLElement} parent @param {string} text @param {Map<string, string>} links @param {(label: string, uri: string) => Node} linkOf */
function inline(parent, text, links, linkOf) {
  for (const [index, part] of text.split('**').entries()) {
    const target = index % 2 ? parent.appendChild(document.createElement('strong')) : parent;
    let rest = part;
    while (rest) {
      /** @type {{ at: number, label: string, uri: string } | null} */
      let first = null;
      for (const [label, uri] of links) {
        const at = indexOfWhole(rest, label);
        if (at >= 0 && (!first || at < first.at || (at === first.at && label.length > first.label.length))) first = { at, label, uri };
      }
      if (!first) { target.append(rest); break; }
      target.append(rest.slice(0, first.at), linkOf(first.label, first.uri));
      rest = rest.slice(first.at + first.label.length);
    }
  }
}

/** Where the label stands by itself: not in a longer number or word. */
function indexOfWhole(text, label) {
  for (let at = text.indexOf(label); at >= 0; at = text.indexOf(label, at + 1)) {
    if (!/[\w-]/.test(text[at - 1] || ' ') && !/[\w-]/.test(text[at + label.length] || ' ')) return at;
  }
  return -1;
}

/** @returns {HTMLElement[]} the text's blocks */
export function blocksOf(text, links, linkOf) {
  /** @type {HTMLElement[]} */
  const blocks = [];
  /** @type {HTMLElement | null} */
  let list = null;
  for (const line of text.split('\n')) {
    const item = line.match(/^(- |\d+\. )(.*)$/);
    if (item) {
      const tag = item[1] === '- ' ? 'ul' : 'ol';
      if (!list || list.localName !== tag) blocks.push(list = document.createElement(tag));
      inline(list.appendChild(document.createElement('li')), item[2], links, linkOf);
    } else {
      list = null;
      if (line.trim()) {
        const paragraph = document.createElement('p');
        paragraph.dir = 'auto';
        inline(paragraph, line, links, linkOf);
        blocks.push(paragraph);
      }
    }
  }
  return blocks;
}
