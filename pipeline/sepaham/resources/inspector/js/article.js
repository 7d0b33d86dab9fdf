// The article with every fact marked in its words.

const LONG = new Set(["status", "fields", "hub"]);

// Where the facts stand: {start, end, fact, class} in UTF-16 units, the reviewer's words before the extractor's.
function marksOf(record, facts) {
  const marks = [];
  for (const fact of facts) {
    if (fact.gone || fact.missing) continue;
    for (const [part, words] of Object.entries(fact.words)) {
      if (part !== "") continue;
      marks.push({ start: record.text.unit(words.start), end: record.text.unit(words.end), fact, main: true });
    }
    if (fact.correction) continue;
    for (const line of fact.lines.slice(1)) {
      if (line.start === null) continue;
      marks.push({ start: record.text.unit(line.start), end: record.text.unit(line.end), fact, main: false });
    }
  }
  return marks.filter((mark) => mark.end > mark.start && mark.end <= record.text.text.length);
}

const colour = (fact) => {
  const number = fact.slot === "parties" || fact.slot === "signatory" ? fact.number : null;
  return number ? `party p${(number - 1) % 8}` : fact.slot === "witnesses" ? "what witness" : LONG.has(fact.slot) ? "sentence" : `what ${fact.slot}`;
};

function tagOf(fact) {
  if (fact.slot === "parties") return String(fact.number);
  if (fact.slot === "signatory") return `${fact.number} ${t("tag.signatory")}`;
  return t(`tag.${fact.slot}`);
}

// The text in pieces, cut wherever a fact begins or ends; put together they are the text again.
function pieces(record, marks, picked) {
  const text = record.text.text;
  const cuts = new Set([0, text.length, record.article.title]);
  for (const mark of marks) cuts.add(mark.start).add(mark.end);
  if (picked) cuts.add(picked.start).add(picked.end);
  const places = [...cuts].filter((cut) => cut <= text.length).sort((a, b) => a - b);
  return places.slice(0, -1).map((start, i) => {
    const end = places[i + 1];
    const over = marks.filter((mark) => mark.start <= start && end <= mark.end);
    over.sort((a, b) => a.end - a.start - (b.end - b.start));
    return { start, end, over, picked: Boolean(picked) && picked.start <= start && end <= picked.end };
  });
}

function pieceNode(record, piece, active) {
  const text = record.text.text.slice(piece.start, piece.end);
  const classes = [];
  if (piece.start < record.article.title) classes.push("headline");
  if (piece.picked) classes.push("picked");
  if (!piece.over.length) return classes.length ? el("span", { class: classes.join(" "), text }) : document.createTextNode(text);
  const short = piece.over.filter((mark) => !LONG.has(mark.fact.slot));
  if (piece.over.length > short.length) classes.push("in-sentence");
  const top = short[0] ?? piece.over[0];
  classes.push(...colour(top.fact).split(" "), level(top.fact.sure ?? 0));
  if (!top.main) classes.push("also");
  if (active && piece.over.some((mark) => mark.fact.pointer === active)) classes.push("active");
  const begins = piece.over.filter((mark) => mark.start === piece.start && mark.main && !LONG.has(mark.fact.slot));
  const node = el(short.length ? "mark" : "span", { class: classes.join(" "), text, data: { facts: piece.over.map((mark) => mark.fact.pointer).join(" ") } });
  if (begins.length) node.dataset.tag = begins.map((mark) => tagOf(mark.fact)).join(" + ");
  node.title = piece.over.map((mark) => `${labelOf(mark.fact)}: ${percent(mark.fact.sure)}`).join("\n");
  return node;
}

// Show the article; without its text, the quotes of the proofs.
function showArticle(record, facts, active, picked = null) {
  const box = byId("article");
  box.setAttribute("aria-label", t("article"));
  if (!record.text) {
    const quotes = facts.flatMap((fact) => fact.lines.filter((line) => line.quote).map((line) => el("li", {}, el("b", { text: `${labelOf(fact)}: ` }), el("q", { text: line.quote }))));
    box.replaceChildren(el("p", { class: "warn", text: t("no_text") }), el("ul", {}, ...quotes));
    return;
  }
  const marks = marksOf(record, facts);
  const body = el("div", { class: "text", lang: "id", dir: "auto" }, ...pieces(record, marks, picked).map((piece) => pieceNode(record, piece, active)));
  box.replaceChildren(body);
}

// On a phone the article stands below the facts: going to its words would take the fact out of sight.
const sideBySide = () => getComputedStyle(byId("record-body")).display === "grid";

// Bring the words of a fact, or the picked ones, into sight inside the article.
function showWords(selector) {
  const node = byId("article").querySelector(selector);
  if (!node) return;
  const box = byId("article").scrollHeight > byId("article").clientHeight ? byId("article") : byId("record-body");
  const [outer, inner] = [box.getBoundingClientRect(), node.getBoundingClientRect()];
  if (inner.top < outer.top + 20 || inner.bottom > outer.bottom - 40) box.scrollTop += inner.top - outer.top - outer.height / 3;
}

// What the reader selected in the article, in UTF-16 units of its text; null when that is nothing.
function selected() {
  const selection = getSelection();
  const body = byId("article").querySelector(".text");
  if (!body || selection.rangeCount === 0 || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!body.contains(range.startContainer) || !body.contains(range.endContainer)) return null;
  const before = document.createRange();
  before.selectNodeContents(body);
  before.setEnd(range.startContainer, range.startOffset);
  const start = before.toString().length;
  const end = start + range.toString().length;
  return end > start ? { start, end } : null;
}
