// What the reader can do, the keys for it, and the start.

const ADDABLE = ["parties", "signatory", "witnesses", "commitments"];

function after(pointer, said) {
  const { row } = shown.record;
  shown.active = pointer ?? shown.active;
  render();
  setCells(row, cellsOf(shown.facts));
  if (haystacks) haystacks[row] = undefined;
  save(0);
  repaintRow(row);
  const node = byId(`fact-${shown.active}`);
  node?.focus({ preventScroll: true });
  node?.scrollIntoView({ block: "nearest" });
  if (said) say(said);
}

// On to the next agreement of the list that is not decided yet.
function onward() {
  const rows = view.rows;
  for (let step = 1; step <= rows.length; step += 1) {
    const place = (view.current + step) % rows.length;
    if (!whole(rows[place])) return open(place);
  }
  notify(t("all_done"));
  return open(view.current);
}

const act = {
  accept(fact) {
    acceptFact(shown.record, fact);
    after(fact.pointer, t("said.accepted", { what: labelOf(fact) }));
  },
  reject(fact) {
    if (!rejectFact(shown.record, fact)) return say(t("must_be", { what: labelOf(fact) }));
    return after(fact.kind === "person" ? fact.party.pointer : fact.pointer, t("said.rejected", { what: labelOf(fact) }));
  },
  change(fact) {
    activate(fact.pointer);
    edit(factAt(fact.pointer) ?? fact, (result) => act.finish(fact, result));
  },
  finish(fact, result) {
    const extra = { fill: Boolean(result.fill) };
    const moved = fact.kind === "person" && result.party && result.party !== fact.party.pointer;
    const pointer = isEmpty(result.value) ? (rejectFact(shown.record, fact), fact.pointer)
      : moved ? movePerson(shown.record, fact, result.value, result.words, result.party)
      : setFact(shown.record, fact, result.value, result.words, fact.kind === "person" ? {} : extra);
    after(pointer, t("said.changed", { what: labelOf(fact) }));
  },
  words(fact) {
    if (!shown.record.text) return;
    activate(fact.pointer);
    const at = fact.words[""] ?? anchorOf(shown.record) ?? { start: 0, end: 0 };
    const near = { start: shown.record.text.unit(at.start), end: shown.record.text.unit(fact.words[""] ? at.end : at.start) };
    pick(near, (words) => (words ? act.setWords(fact, words) : after(fact.pointer)));
  },
  setWords(fact, words) {
    const { value, fill } = fromWords(fact.slot, words, fact.missing ? null : fact.value);
    const parts = fact.slot === "parties" ? { ...fact.words, "": words } : { "": words };
    const pointer = setFact(shown.record, fact, value, parts, fact.kind === "person" ? {} : { fill });
    after(pointer, t("said.changed", { what: labelOf(fact) }));
  },
  addWords(slot, words) {
    const { value, fill } = fromWords(slot, words, null);
    const active = factAt(shown.active);
    const party = active?.kind === "person" ? active.party : active?.slot === "parties" && !active.gone ? active : shown.facts.find((fact) => fact.slot === "parties" && !fact.gone);
    if (slot === "signatory" && !party) return say(t("party_first"));
    const pointer = slot === "signatory" ? addPerson(shown.record, party, value, { "": words }) : addMember(shown.record, slot, value, { "": words }, { fill });
    return after(pointer, t("said.added", { what: t(`slot.${slot}`) }));
  },
  add() {
    if (!shown.record?.text) return;
    const bar = byId("words-bar");
    bar.setAttribute("aria-label", t("do.add"));
    bar.replaceChildren(el("span", { text: t("add_what") }), ...ADDABLE.map((slot, i) => el("button", { type: "button", text: `${i + 1} ${t(`slot.${slot}`)}`, on: { click: () => act.addSlot(slot) } })));
    bar.hidden = false;
    bar.dataset.adding = "yes";
    bar.querySelector("button").focus();
  },
  addSlot(slot) {
    const bar = byId("words-bar");
    delete bar.dataset.adding;
    bar.hidden = true;
    const at = factAt(shown.active)?.words[""] ?? anchorOf(shown.record) ?? { start: 0 };
    const start = shown.record.text.unit(at.start);
    pick({ start, end: start }, (words) => (words ? act.addWords(slot, words) : after(shown.active)));
  },
  acceptWhole() {
    decideWhole(shown.record, "accept");
    repaintRow(shown.record.row);
    onward();
  },
  rejectWhole() {
    decideWhole(shown.record, "reject");
    repaintRow(shown.record.row);
    onward();
  },
  async undo() {
    const last = undo();
    if (!last) return say(t("nothing_to_undo"));
    const place = view.rows.indexOf(last.row);
    if (shown.record?.row !== last.row && place >= 0) await open(place);
    if (shown.record) after(last.pointer === WHOLE ? null : last.pointer, t("undone"));
    return repaintRow(last.row);
  },
};

function step(by) {
  const facts = shown.facts;
  if (!facts.length) return;
  const place = facts.findIndex((fact) => fact.pointer === shown.active);
  activate(facts[(place + by + facts.length) % facts.length].pointer);
}

// A number goes to its group of facts, pressed again to the next one in it.
function toGroup(number) {
  const group = shown.facts.filter((fact) => fact.group === number);
  if (!group.length) return say(t("none_such"));
  const place = group.findIndex((fact) => fact.pointer === shown.active);
  return activate(group[(place + 1) % group.length].pointer);
}

const withFact = (run) => () => {
  const fact = factAt(shown.active);
  if (fact) run(fact);
  else say(t("choose_fact"));
};

const ANYWHERE = {
  j: () => (shown.record ? open(view.current + 1) : moveTo(view.current + 1)),
  k: () => (shown.record ? open(view.current - 1) : moveTo(view.current - 1)),
  "/": () => { if (shown.record) close(); byId("search").focus(); byId("search").select(); },
  "?": helpDialog, x: exportDialog, u: () => act.undo(),
  o: () => {
    const orders = [...byId("order").options].map((option) => option.value);
    byId("order").value = orders[(orders.indexOf(view.order) + 1) % orders.length];
    byId("order").dispatchEvent(new Event("change"));
  },
};
const IN_LIST = {
  ArrowDown: ANYWHERE.j, ArrowUp: ANYWHERE.k,
  PageDown: () => moveTo(view.current + 10), PageUp: () => moveTo(view.current - 10),
  Home: () => moveTo(0), End: () => moveTo(view.rows.length - 1),
  Enter: () => open(Math.max(0, view.current)),
};
const IN_RECORD = {
  Escape: () => close(), n: () => step(1), p: () => step(-1), ArrowDown: () => step(1), ArrowUp: () => step(-1),
  a: withFact((fact) => act.accept(fact)), r: withFact((fact) => act.reject(fact)),
  e: withFact((fact) => act.change(fact)), Enter: withFact((fact) => act.change(fact)),
  w: withFact((fact) => act.words(fact)), "+": () => act.add(), A: () => act.acceptWhole(), R: () => act.rejectWhole(),
};

function onKey(event) {
  if (picking.on && pickingKey(event)) return;
  const at = event.target;
  if (picking.on || document.querySelector("dialog[open]") || event.ctrlKey || event.metaKey || event.altKey) return;
  if (/^(INPUT|SELECT|TEXTAREA)$/.test(at.tagName)) {
    if (event.key === "Escape" && at.closest("#filters")) byId("grid").focus();
    if (event.key === "Enter" && at.id === "search") { event.preventDefault(); byId("grid").focus(); if (view.current < 0) moveTo(0); }
    return;
  }
  const bar = byId("words-bar");
  if (bar.dataset.adding && !bar.hidden) {
    const slot = ADDABLE[Number(event.key) - 1];
    if (event.key === "Escape" || slot) {
      event.preventDefault();
      if (slot) act.addSlot(slot);
      else { delete bar.dataset.adding; bar.hidden = true; byId("facts").focus(); }
      return;
    }
  }
  const navigates = event.key.length > 1;
  // The next agreement is on its way: a decision must not meet the last one.
  if (shown.loading !== null && !["j", "k", "Escape"].includes(event.key)) return;
  if (!navigates && !keysOn()) return;
  if ((at.tagName === "BUTTON" || at.tagName === "A") && (event.key === "Enter" || event.key === " ")) return;
  if (at.id === "article" && navigates && event.key !== "Escape") return; // the arrows scroll the article
  const table = shown.record ? { ...ANYWHERE, ...IN_RECORD } : { ...ANYWHERE, ...IN_LIST };
  const run = table[event.key] ?? (shown.record && /^\d$/.test(event.key) ? () => toGroup(Number(event.key)) : null);
  if (!run) return;
  event.preventDefault();
  run();
}

function options(select, pairs) {
  const was = select.value;
  select.replaceChildren(...pairs.map(([value, text]) => el("option", { value, text })));
  select.value = pairs.some(([value]) => value === was) ? was : pairs[0][0];
}

// Say everything anew in the language chosen.
function label() {
  document.documentElement.lang = language;
  document.title = t("title");
  byId("skip").textContent = t("skip");
  byId("language").textContent = language === "id" ? "English" : "Bahasa Indonesia";
  byId("language").lang = language === "id" ? "en" : "id";
  byId("help-button").textContent = `? ${t("help_short")}`;
  byId("export-button").textContent = t("export_short");
  byId("list").setAttribute("aria-label", t("agreements"));
  byId("record").setAttribute("aria-label", t("record"));
  byId("facts").setAttribute("aria-label", t("facts"));
  byId("filters").setAttribute("aria-label", t("filters"));
  byId("search").placeholder = t("search");
  byId("search").setAttribute("aria-label", t("search"));
  for (const name of ["by-state", "by-status", "by-type", "order"]) byId(name).setAttribute("aria-label", t(`filter.${name}`));
  options(byId("by-state"), Object.keys(STATES).map((name) => [name, t(`show.${name}`)]));
  options(byId("by-status"), [["", t("filter.by-status")], ...CHOICES.status.map((v) => [v, known("status", v)])]);
  options(byId("by-type"), [["", t("filter.by-type")], ...CHOICES.type.map((v) => [v, known("type", v)])]);
  options(byId("order"), ["doubt", "input", "date", "parties", "what", "title", "state"].map((v) => [v, t(`order.${v}`)]));
}

function listen() {
  document.addEventListener("keydown", onKey);
  document.addEventListener("selectionchange", offerSelection);
  const later = (run) => { let timer = 0; return () => { clearTimeout(timer); timer = setTimeout(run, 80); }; };
  byId("filters").addEventListener("submit", (event) => event.preventDefault());
  byId("search").addEventListener("input", later(() => { view.search = byId("search").value; refresh(); }));
  for (const name of ["by-state", "by-status", "by-type"]) byId(name).addEventListener("change", refresh);
  byId("order").addEventListener("change", () => { Object.assign(view, { order: byId("order").value, down: false }); refresh(); say(t("sorted_by", { what: t(`order.${view.order}`) })); });
  byId("grid").addEventListener("click", (event) => { const row = event.target.closest(".grid-rows .row"); if (row) open(Number(row.dataset.place)); });
  byId("grid").addEventListener("focus", () => { if (view.current < 0) moveTo(0); });
  byId("article").addEventListener("click", (event) => { const pointers = event.target.dataset?.facts?.split(" "); if (pointers && getSelection().isCollapsed && !picking.on) activate(pointers[0]); });
  byId("language").addEventListener("click", () => { language = language === "id" ? "en" : "id"; kept.set("language", language); label(); refresh(); if (!shown.editing) render(); });
  byId("help-button").addEventListener("click", helpDialog);
  byId("export-button").addEventListener("click", exportDialog);
  byId("skip").addEventListener("click", (event) => { event.preventDefault(); byId("grid").focus(); });
  window.addEventListener("beforeunload", (event) => { if (unsaved > 0) event.preventDefault(); });
}

async function start() {
  label();
  if (!("DecompressionStream" in window)) return notify(t("old_browser"));
  index = await unpack("index");
  load();
  buildGrid();
  listen();
  refresh();
  moveTo(0);
  for (const { name, corrections } of leftBehind()) {
    const file = { format: "sepaham-corrections", version: 1, corrections };
    notify(t("left_behind", { n: corrections.length }), el("button", { type: "button", text: t("download"), on: { click: () => { download(file, "corrections.json"); kept.remove(name); } } }));
  }
  document.documentElement.dataset.ready = "yes";
  byId("grid").focus();
  return null;
}

start();
