// The open agreement: its facts as a list, its article beside it.

const shown = { record: null, facts: [], active: null, editing: false, loading: null };

const labelOf = (fact) => {
  const name = t(`slot.${fact.slot}`);
  return fact.slot === "parties" || fact.slot === "commitments" ? `${name} ${fact.number || ""}`.trim() : name;
};

// A fact's value in words, one line each.
function linesOf(fact) {
  const v = fact.value;
  if (isEmpty(v)) return [];
  switch (fact.slot) {
    case "status": return [known("status", v)];
    case "doc_types": return [v.map((x) => known("type", x)).join(", ")];
    case "fields": return [v.map((x) => known("field", x)).join(", ")];
    case "parties": return [v.name, [known("kind", v.kind), v.code].filter(Boolean).join(" · ")];
    case "signatory": return [v.name ?? t("nameless"), [v.acting ? v.acting_form ?? t("acting") : null, v.role].filter(Boolean).join(" · ")];
    case "witnesses": return [v.name ?? t("nameless"), v.role];
    case "date": return [v.value ?? t("unknown_day"), [`“${v.text}”`, known("basis", v.basis)].join(" · ")];
    case "venue": return [v.text, [v.name, v.city, v.city_code].filter(Boolean).join(" · ")];
    case "commitments": return [v.text, [known("commitment", v.type), v.obligor_seq ? t("by_party", { n: v.obligor_seq }) : null].filter(Boolean).join(" · ")];
    case "value": return [v.amount === null ? t("open") : `${v.currency} ${Number(v.amount).toLocaleString(language)}`, `“${v.text}”`];
    case "duration": return [v.iso ?? t("open"), `“${v.text}”`];
    case "valid_until": return [v.value ?? t("open"), `“${v.text}”`];
    default: return [String(v)];
  }
}

// Why a cell is empty: what the extraction says, else that it found nothing.
function emptiness(fact) {
  if (fact.correction) return t("empty_by_reviewer");
  const why = fact.lines.find((line) => line.why && line.start === null)?.why;
  return why ? known("why", why) : t("empty");
}

// What contradicts a fact, and what else the article offers for it.
function doubts(record, fact) {
  const notes = [];
  if (fact.correction) return notes;
  if (fact.slot === "date" && fact.value?.conflict) notes.push(["warn", `${t("conflict")}: ${fact.value.conflict}`]);
  for (const line of fact.lines.slice(1)) {
    const quote = quoteOf(record, line);
    if (quote) notes.push(["also", `${t("alternative")}: “${quote}” (${percent(line.confidence)}, ${line.rule})${line.why ? ` · ${line.why}` : ""}`]);
  }
  const first = fact.lines[0];
  if (first?.why && first.start !== null) notes.push(["warn", known("why", first.why)]);
  return notes;
}

function provenance(fact) {
  const c = fact.correction;
  if (c) return t(`done.${c.action}`, { by: c.by || t("you"), at: c.at.slice(0, 16).replace("T", " ") });
  return fact.lines[0] ? t("found_by", { rule: fact.lines[0].rule }) : "";
}

function factButtons(fact) {
  const button = (name, sign, run, key) => el("button", { type: "button", class: name, title: `${t(`do.${name}`)} (${key})`, aria: { label: `${t(`do.${name}`)}: ${labelOf(fact)}`, keyshortcuts: key }, on: { click: (event) => { event.stopPropagation(); run(); } } }, el("span", { text: sign, aria: { hidden: "true" } }), ` ${t(`do.${name}`)}`);
  return el(
    "div", { class: "do" },
    button("accept", "✓", () => act.accept(fact), "a"),
    button("change", "✎", () => act.change(fact), "e"),
    MUST.includes(fact.slot) ? null : button("reject", "✕", () => act.reject(fact), "r"),
    shown.record.text && !["status", "doc_types", "fields", "hub"].includes(fact.slot) ? button("words", "“”", () => act.words(fact), "w") : null,
  );
}

function factNode(record, fact) {
  const on = fact.pointer === shown.active;
  const [first, ...rest] = linesOf(fact);
  const state = fact.gone ? "gone" : fact.correction ? fact.correction.action === "accept" ? "kept" : "changed" : "";
  const quote = fact.words[""]?.quote;
  const repeats = !quote || quote === first || rest.some((line) => line?.includes(quote));
  const node = el(
    "li",
    { class: `fact ${fact.kind} ${state} ${fact.missing ? "missing" : ""} ${on ? "on" : ""} ${fact.slot === "parties" || fact.slot === "signatory" ? `p${((fact.number || 1) - 1) % 8}` : ""}`, id: `fact-${fact.pointer}`, tabIndex: -1, data: { pointer: fact.pointer }, on: { click: () => activate(fact.pointer) } },
    el("div", { class: "label" }, el("kbd", { text: String(fact.group), aria: { hidden: "true" } }), el("span", { text: labelOf(fact) }), fact.missing ? null : chip(fact.sure)),
    fact.missing
      ? el("div", { class: "value none" }, el("span", { text: "— " }), el("span", { text: emptiness(fact) }))
      : el("div", { class: "value" }, el("strong", { text: first }), ...rest.filter(Boolean).map((line) => el("span", { class: "sub", text: line }))),
  );
  if (on) node.setAttribute("aria-current", "true");
  if (fact.correction?.fill && fact.kind !== "person") node.append(el("p", { class: "note", text: t("filled_later") }));
  for (const [kind, note] of doubts(record, fact)) node.append(el("p", { class: `note ${kind}`, text: note }));
  if (on && !repeats) node.append(el("p", { class: "note" }, el("q", { text: quote })));
  if (on || fact.correction) node.append(el("p", { class: "by", text: provenance(fact) }));
  if (on && !shown.editing) node.append(factButtons(fact));
  return node;
}

// A reason for review: `doubtful_<slot>` and `taggers_disagree_<slot>` name their slot.
function whyOf(why) {
  const [, kind, slot] = why.match(/^(doubtful|taggers_disagree)_(.+)$/) || [];
  if (!slot) return known("why", why);
  return t(kind === "doubtful" ? "why_doubtful" : "why_disagree", { what: slot === "agreement" ? t("record") : known("slot", slot === "signatories" ? "signatory" : slot) });
}

function headNode(record) {
  const { row } = record;
  const done = whole(row);
  const url = index.url[row];
  const safe = url && /^https?:\/\//i.test(url);
  const state = stateOf(row);
  const button = (name, run, key) => el("button", { type: "button", class: name, aria: { keyshortcuts: key }, title: key, on: { click: run }, text: t(`whole.${name}`) });
  return [
    el("div", { class: "head-line" },
      el("button", { type: "button", class: "back", on: { click: () => close() }, aria: { keyshortcuts: "Escape" } }, el("span", { text: "← ", aria: { hidden: "true" } }), t("back")),
      el("h2", { text: index.title[row] ?? t("no_title") })),
    el("p", { class: "sub" }, [index.outlet[row], index.published[row], index.id[row]].filter(Boolean).join(" · "), " ",
      safe ? el("a", { href: url, target: "_blank", rel: "noopener noreferrer", text: t("source") }) : null),
    ...(index.review[row] ? [el("p", { class: "note warn", text: `${t("state.review")}: ${index.why[row].map(whyOf).join("; ")}` })] : []),
    el("div", { class: "whole" },
      badge(row), el("span", { class: "now", text: done ? t(`done.whole_${done.action}`, { by: done.by || t("you"), at: done.at.slice(0, 16).replace("T", " ") }) : t(`state.${state}`) }),
      button("accept", () => act.acceptWhole(), "Shift+A"), button("reject", () => act.rejectWhole(), "Shift+R")),
  ];
}

// The table shows what the reviewer made of a row.
function cellsOf(facts) {
  const value = (slot) => facts.find((fact) => fact.pointer === `/${slot}`)?.value;
  const there = facts.filter((fact) => !fact.gone && !fact.missing);
  const sure = there.map((fact) => fact.sure).filter((each) => each !== null && each !== undefined);
  return {
    status: value("status"), types: value("doc_types"), date: value("date")?.value ?? null,
    conflict: Boolean(value("date")?.conflict) && !facts.find((fact) => fact.pointer === "/date").correction,
    parties: there.filter((fact) => fact.slot === "parties").map((fact) => fact.value.name).join(" | "),
    people: there.filter((fact) => ["signatory", "witnesses"].includes(fact.slot)).map((fact) => fact.value.name ?? fact.value.role).join(" | "),
    least: sure.length ? Math.min(...sure) : null,
  };
}

// Show the open agreement anew.
function render(picked = null) {
  const { record } = shown;
  if (!record) return;
  shown.facts = factsOf(record);
  if (!shown.facts.some((fact) => fact.pointer === shown.active)) shown.active = null;
  byId("record-head").replaceChildren(...headNode(record));
  const list = el("ul", {}, ...shown.facts.map((fact) => factNode(record, fact)));
  const more = el("button", { type: "button", class: "add", aria: { keyshortcuts: "+" }, title: "+", text: t("do.add"), on: { click: () => act.add() } });
  byId("facts").replaceChildren(list, more);
  showArticle(record, shown.facts, shown.active, picked);
}

const factAt = (pointer) => shown.facts.find((fact) => fact.pointer === pointer) ?? null;

// Make a fact the one that keys act on.
function activate(pointer, focus = true) {
  if (shown.editing || pointer === shown.active) return;
  shown.active = pointer;
  render();
  const node = byId(`fact-${pointer}`);
  if (!node) return;
  if (focus) node.focus({ preventScroll: true });
  node.scrollIntoView({ block: "nearest" });
  if (sideBySide()) showWords(".active");
}

async function open(place) {
  moveTo(place);
  const row = view.rows[view.current];
  if (row === undefined) return;
  shown.loading = row;
  const record = await opened(row);
  if (shown.loading !== row) return; // the reader has gone on meanwhile
  Object.assign(shown, { record, active: null, editing: false, loading: null });
  byId("words-bar").hidden = true;
  byId("record").hidden = false;
  document.body.classList.add("open");
  render();
  byId("facts").scrollTop = 0;
  byId("article").scrollTop = 0;
  byId("record-body").scrollTop = 0;
  if (sideBySide()) showWords(".in-sentence");
  byId("facts").focus({ preventScroll: true });
  reveal(view.current);
  const next = view.rows[view.current + 1];
  if (next !== undefined) opened(next); // unpacked before it is asked for
  say(t("opened", { n: view.current + 1, all: view.rows.length, title: index.title[row] ?? "", state: t(`state.${stateOf(row)}`) }));
}

function close() {
  Object.assign(shown, { record: null, facts: [], active: null, editing: false, loading: null });
  byId("record").hidden = true;
  document.body.classList.remove("open");
  byId("words-bar").hidden = true;
  paint(true);
  if (view.current >= 0) reveal(view.current);
  byId("grid").focus();
}
