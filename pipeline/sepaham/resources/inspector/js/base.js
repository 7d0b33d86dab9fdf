// Small tools: the page's elements, its data, its languages.

const byId = (id) => document.getElementById(id);

// An element with properties; `data`, `aria` and `on` hold attributes and listeners. Text only, never markup.
function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(props)) {
    if (value === undefined || value === null) continue;
    if (key === "class") node.className = value;
    else if (key === "text") node.textContent = value;
    else if (key === "data") Object.assign(node.dataset, value);
    else if (key === "on") for (const [name, run] of Object.entries(value)) node.addEventListener(name, run);
    else if (key === "aria") for (const [name, said] of Object.entries(value)) node.setAttribute(`aria-${name}`, said);
    else if (key in node && key !== "role" && key !== "list") node[key] = value;
    else node.setAttribute(key, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

const meta = JSON.parse(byId("meta").textContent);

// The data of a block: base64 of compressed JSON.
async function unpack(name) {
  const block = byId(name);
  const binary = atob(block.textContent);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i += 1) bytes[i] = binary.charCodeAt(i);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).json();
}

// What the browser keeps for this page; a browser that keeps nothing is no reason to stop.
const kept = {
  get(name) {
    try { return localStorage.getItem(`sepaham.${name}`); } catch { return null; }
  },
  set(name, value) {
    try { localStorage.setItem(`sepaham.${name}`, value); return true; } catch { return false; }
  },
  remove(name) {
    try { localStorage.removeItem(`sepaham.${name}`); } catch { /* nothing was kept */ }
  },
  names() {
    try { return Object.keys(localStorage).filter((k) => k.startsWith("sepaham.")).map((k) => k.slice(8)); } catch { return []; }
  },
};

let language = kept.get("language") === "en" ? "en" : "id";

// What the page says, in the language chosen; `{name}` is filled in. An unknown key is said as it is.
function t(key, values = {}) {
  const said = meta.strings[language][key] ?? meta.strings.en[key] ?? key;
  return said.replace(/\{(\w+)\}/g, (all, name) => (name in values ? String(values[name]) : all));
}

const known = (group, value) => (value === null || value === undefined ? "" : t(`${group}.${value}`) === `${group}.${value}` ? String(value) : t(`${group}.${value}`));

function say(text) {
  const box = byId("said");
  box.textContent = "";
  // A screen reader hears a text again only where it changed.
  requestAnimationFrame(() => { box.textContent = text; });
}

const fold = (text) => (text ?? "").toLowerCase().split(/\s+/u).filter(Boolean).join(" ");
const same = (one, other) => JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));

// The same data with its keys in order, for comparing.
function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.keys(value).sort().map((key) => [key, sorted(value[key])]));
}

const copy = (value) => (value === undefined ? null : JSON.parse(JSON.stringify(value)));

// high, middle or low: shown by colour, by line and by number.
const level = (sure) => (Math.round(sure * 100) >= 80 ? "high" : Math.round(sure * 100) >= 60 ? "middle" : "low");
const percent = (sure) => (sure === null || sure === undefined ? "–" : `${Math.round(sure * 100)} %`);

// Offsets of the data count code points; those of the script count UTF-16 units.
class Text {
  constructor(text) {
    this.text = text;
    this.units = null;
    if (/[\ud800-\udfff]/.test(text)) {
      this.units = [];
      for (let unit = 0; unit < text.length; unit += text.codePointAt(unit) > 0xffff ? 2 : 1) this.units.push(unit);
      this.units.push(text.length);
    }
  }

  unit(point) {
    return this.units ? this.units[Math.min(point, this.units.length - 1)] : point;
  }

  point(unit) {
    if (!this.units) return unit;
    let low = 0;
    let high = this.units.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.units[middle] < unit) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  slice(start, end) {
    return this.text.slice(this.unit(start), this.unit(end));
  }

  // The place of some words nearest to `near`, in code points; null where the article does not have them.
  find(words, near = 0) {
    let best = null;
    if (!words) return null;
    for (let at = this.text.indexOf(words); at >= 0; at = this.text.indexOf(words, at + 1)) {
      if (best === null || Math.abs(at - this.unit(near)) < Math.abs(best - this.unit(near))) best = at;
    }
    return best === null ? null : { start: this.point(best), end: this.point(best + words.length), quote: words };
  }
}
