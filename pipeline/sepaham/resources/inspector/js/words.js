// Set a fact by its words: selected with the pointer, or walked to with the keyboard.

const picking = { on: false, tokens: [], from: 0, to: 0, find: "", finish: null };
const CLOSERS = { ")": "(", "]": "[", "”": "“", "’": "‘", '"': '"', "'": "'" };

// The words of the text, in UTF-16 units.
function tokensOf(text) {
  return [...text.matchAll(/\S+/gu)].map((found) => ({ start: found.index, end: found.index + found[0].length }));
}

// Leave off the marks around some words, but not a bracket whose partner is inside.
function trimmed(text, start, end) {
  let [from, to] = [start, end];
  while (from < to && /[\s"“”'‘’([{.,;:!?–—-]/u.test(text[from])) {
    const partner = { "(": ")", "[": "]", "“": "”" }[text[from]];
    if (partner && text.slice(from + 1, to).includes(partner)) break;
    from += 1;
  }
  while (to > from && /[\s"“”'‘’)\]}.,;:!?–—-]/u.test(text[to - 1])) {
    const partner = CLOSERS[text[to - 1]];
    if (partner && partner !== text[to - 1] && text.slice(from, to - 1).includes(partner)) break;
    to -= 1;
  }
  return from < to ? { start: from, end: to } : { start, end };
}

function asWords(record, start, end) {
  const [from, to] = [record.text.point(start), record.text.point(end)];
  return { start: from, end: to, quote: record.text.slice(from, to) };
}

function pickedRange() {
  const text = shown.record.text.text;
  return trimmed(text, picking.tokens[picking.from].start, picking.tokens[picking.to].end);
}

function drawPicked() {
  const range = pickedRange();
  render(range);
  showWords(".picked");
  const quote = shown.record.text.text.slice(range.start, range.end);
  const bar = byId("words-bar");
  bar.hidden = false;
  bar.replaceChildren(
    el("span", { class: "picked-words", text: `“${quote}”` }),
    el("span", { class: "sub", text: picking.find ? t("finding", { find: picking.find }) : t("picking") }),
    el("button", { type: "button", class: "main", text: t("set_words"), on: { click: () => endPicking(true) } }),
    el("button", { type: "button", text: t("cancel"), on: { click: () => endPicking(false) } }),
  );
  say(quote);
}

// Walk to words with the keyboard, from `near` on; `finish(words)` hears them, null when it was given up.
function pick(near, finish) {
  Object.assign(picking, { on: true, tokens: tokensOf(shown.record.text.text), find: "", finish });
  const place = picking.tokens.findIndex((token) => token.end > near.start);
  picking.from = Math.max(0, place);
  const last = picking.tokens.findIndex((token) => token.end >= near.end);
  picking.to = near.end > near.start && last >= picking.from ? last : picking.from;
  byId("article").focus({ preventScroll: true });
  drawPicked();
}

function endPicking(set) {
  if (!picking.on) return;
  const range = pickedRange();
  const { finish } = picking;
  Object.assign(picking, { on: false, finish: null });
  byId("words-bar").hidden = true;
  finish(set ? asWords(shown.record, range.start, range.end) : null);
}

// Typing goes to the next place where what was typed begins a word.
function findTyped(again) {
  const text = shown.record.text.text.toLowerCase();
  const wanted = picking.find.toLowerCase();
  const count = picking.tokens.length;
  const start = again ? picking.from + 1 : picking.find.length > 1 ? picking.from : picking.from + 1;
  for (let step = 0; step < count; step += 1) {
    const place = (start + step) % count;
    const token = picking.tokens[place];
    const range = trimmed(text, token.start, token.end);
    if (text.startsWith(wanted, range.start) || text.startsWith(wanted, token.start)) {
      picking.from = picking.to = place;
      let end = range.start + wanted.length;
      while (picking.to + 1 < count && picking.tokens[picking.to].end < end) picking.to += 1;
      return;
    }
  }
}

function move(step, extend) {
  const last = picking.tokens.length - 1;
  const limit = (place) => Math.max(0, Math.min(last, place));
  if (extend) picking.to = Math.max(picking.from, limit(picking.to + step));
  else picking.from = picking.to = limit((step > 0 ? picking.to : picking.from) + step);
  picking.find = "";
}

// The keys while words are picked; true when the key was one of them.
function pickingKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  const steps = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 10, ArrowUp: -10 };
  if (event.target.tagName === "BUTTON" && (event.key === "Enter" || event.key === " " || event.key === "Tab")) return false;
  if (event.key === "Enter") endPicking(true);
  else if (event.key === "Escape") endPicking(false);
  else if (event.key in steps) move(steps[event.key], event.shiftKey);
  else if (event.key === "Tab" && picking.find && !event.shiftKey) findTyped(true);
  else if (event.key === "Backspace") picking.find = picking.find.slice(0, -1);
  else if (event.key.length === 1 && (event.key !== " " || picking.find)) {
    picking.find += event.key;
    findTyped(false);
  } else return false;
  event.preventDefault();
  if (picking.on) drawPicked();
  return true;
}

// What was selected with the pointer can become any fact: a bar offers them.
function offerSelection() {
  if (!shown.record?.text || picking.on || shown.editing) return;
  const bar = byId("words-bar");
  const range = selected();
  if (!range) {
    bar.hidden = bar.hidden || !bar.dataset.adding;
    return;
  }
  const tight = trimmed(shown.record.text.text, range.start, range.end);
  const words = asWords(shown.record, tight.start, tight.end);
  const active = shown.facts.find((fact) => fact.pointer === shown.active && !["status", "doc_types", "fields", "hub"].includes(fact.slot));
  const button = (text, run, kind) => el("button", { type: "button", class: kind, text, on: { pointerdown: (e) => e.preventDefault(), click: () => { getSelection().removeAllRanges(); bar.hidden = true; run(); } } });
  bar.setAttribute("aria-label", t("set_as"));
  bar.replaceChildren(
    el("span", { class: "picked-words", text: `“${words.quote}”` }),
    ...(active ? [button(t("set_fact", { what: labelOf(active) }), () => act.setWords(active, words), "main")] : []),
    ...["date", "venue", "subject", "doc_number", "agreement_text", "value", "duration", "valid_until"].map((slot) => button(t(`slot.${slot}`), () => act.setWords(factAt(`/${slot}`), words))),
    ...ADDABLE.map((slot) => button(`+ ${t(`slot.${slot}`)}`, () => act.addWords(slot, words))),
  );
  bar.hidden = false;
}
