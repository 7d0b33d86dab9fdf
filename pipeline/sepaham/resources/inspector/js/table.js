// The table: only the rows in sight are in the page, so that its length costs nothing.

const COLUMNS = ["state", "sure", "date", "parties", "what", "title"];
const view = { rows: [], current: -1, order: "doubt", down: false, search: "" };
let rowHeight = 56;
let haystacks = null;

// The lower the more doubtful: what needs review, what contradicts itself, then by the least sure fact, and
// among equals by how sure it is that all facts are right.
function doubt(row) {
  const urgent = (index.review[row] ? 0 : 4) + (index.conflict[row] ? 0 : 2);
  return urgent + (index.least[row] ?? 0) + (index.all[row] ?? 0) * 0.001;
}

const SORTS = {
  doubt: (row) => doubt(row),
  sure: (row) => doubt(row),
  state: (row) => ["none", "part", "accepted", "rejected"].indexOf(stateOf(row)),
  date: (row) => index.date[row] ?? "",
  parties: (row) => index.parties[row].toLowerCase(),
  what: (row) => `${known("type", index.types[row][0])} ${known("status", index.status[row])}`,
  title: (row) => (index.title[row] ?? "").toLowerCase(),
  input: (row) => row,
};

function haystack(row) {
  haystacks ??= new Array(index.id.length);
  haystacks[row] ??= fold(
    [index.title[row], index.outlet[row], index.parties[row], index.people[row], index.more[row], index.date[row], index.id[row]].join(" "),
  );
  return haystacks[row];
}

const STATES = {
  all: () => true,
  open: (row) => !whole(row),
  review: (row) => index.review[row] && !whole(row),
  corrected: (row) => [...of(row).values()].some((c) => live(c) && !["accept", "withdraw"].includes(c.action)),
  accepted: (row) => stateOf(row) === "accepted",
  rejected: (row) => stateOf(row) === "rejected",
};

// Make the list of rows anew; the current one stays current while it is in it.
function refresh() {
  const was = view.rows[view.current];
  const words = fold(view.search).split(" ").filter(Boolean);
  const [state, status, type] = ["by-state", "by-status", "by-type"].map((name) => byId(name).value);
  const rows = [];
  for (let row = 0; row < index.id.length; row += 1) {
    if (status && index.status[row] !== status) continue;
    if (type && !index.types[row].includes(type)) continue;
    if (!STATES[state || "all"](row)) continue;
    if (words.length && !words.every((word) => haystack(row).includes(word))) continue;
    rows.push(row);
  }
  const keys = new Map(rows.map((row) => [row, SORTS[view.order](row)]));
  const sign = view.down ? -1 : 1;
  rows.sort((a, b) => {
    const [one, other] = [keys.get(a), keys.get(b)];
    return one < other ? -sign : one > other ? sign : a - b;
  });
  view.rows = rows;
  view.current = was === undefined ? Math.min(view.current, rows.length - 1) : rows.indexOf(was);
  byId("count").textContent = t("count", { n: rows.length.toLocaleString(language) });
  buildHead();
  paint(true);
  if (view.current >= 0) reveal(view.current);
  progress();
}

function progress() {
  let done = 0;
  for (const row of decisions.keys()) if (whole(row)) done += 1;
  byId("progress").textContent = t("progress", { done, all: index.id.length.toLocaleString(language), open: unsaved });
  byId("export-button").classList.toggle("waiting", unsaved > 0);
}

function buildGrid() {
  const grid = byId("grid");
  grid.setAttribute("aria-label", t("agreements"));
  grid.replaceChildren(
    el("div", { class: "grid-head", role: "rowgroup" }),
    el("div", { class: "grid-rows", role: "rowgroup" }),
  );
  let due = false;
  grid.addEventListener("scroll", () => {
    if (due) return;
    due = true;
    requestAnimationFrame(() => { due = false; paint(false); });
  }, { passive: true });
  new ResizeObserver(() => paint(true)).observe(grid);
}

function buildHead() {
  const head = byId("grid").querySelector(".grid-head");
  const cells = COLUMNS.map((name) => {
    const mine = view.order === name || (name === "sure" && view.order === "doubt");
    const sorting = mine ? (view.down ? "descending" : "ascending") : "none";
    const button = el("button", { type: "button", tabIndex: -1, text: t(`column.${name}`), title: t("sort_by", { what: t(`column.${name}`) }), on: { click: () => sortBy(name) } });
    if (mine) button.append(el("span", { class: "arrow", text: view.down ? " ▼" : " ▲", aria: { hidden: "true" } }));
    return el("div", { role: "columnheader", class: `cell ${name}`, aria: { sort: sorting } }, button);
  });
  head.replaceChildren(el("div", { role: "row", class: "row head", aria: { rowindex: 1 } }, ...cells));
  byId("grid").setAttribute("aria-rowcount", view.rows.length + 1);
  byId("grid").setAttribute("aria-colcount", COLUMNS.length);
}

function sortBy(name) {
  const mine = view.order === name || (name === "sure" && view.order === "doubt");
  view.down = mine ? !view.down : false;
  view.order = name === "sure" ? "doubt" : name;
  byId("order").value = view.order;
  refresh();
  say(t("sorted_by", { what: t(`column.${name}`) }));
}

function badge(row) {
  const state = stateOf(row);
  const sign = { accepted: "✓", rejected: "✕", part: "✎", none: index.review[row] ? "!" : "·" }[state];
  const name = state === "none" && index.review[row] ? t("state.review") : t(`state.${state}`);
  return el("span", { class: `badge ${state}${state === "none" && index.review[row] ? " review" : ""}`, title: name }, el("span", { text: sign, aria: { hidden: "true" } }), el("span", { class: "unseen", text: name }));
}

function chip(sure, title) {
  if (sure === null || sure === undefined) return el("span", { class: "chip", text: "–" });
  return el("span", { class: `chip ${level(sure)}`, text: percent(sure), title: title ?? t(`sure.${level(sure)}`) });
}

function rowNode(place) {
  const row = view.rows[place];
  const cell = (name, ...children) => el("div", { role: "gridcell", class: `cell ${name}` }, ...children);
  const kinds = index.types[row].map((type) => known("type", type)).join(", ");
  const node = el(
    "div",
    { role: "row", class: "row", id: `row${row}`, data: { place, id: index.id[row] }, aria: { rowindex: place + 2, selected: String(place === view.current) } },
    cell("state", badge(row)),
    cell("sure", chip(index.least[row], t("least"))),
    cell("date", el("span", { text: index.date[row] ?? "–" }), index.conflict[row] ? el("span", { class: "warn", text: " ⚠", title: t("conflict") }) : null),
    cell("parties", el("span", { text: index.parties[row] || t("no_parties") })),
    cell("what", el("span", { text: kinds }), el("span", { class: "sub", text: known("status", index.status[row]) })),
    cell("title", el("span", { text: index.title[row] ?? t("no_title") }), el("span", { class: "sub", text: [index.outlet[row], index.published[row]].filter(Boolean).join(", ") })),
  );
  node.style.transform = `translateY(${place * rowHeight}px)`;
  node.style.height = `${rowHeight}px`;
  return node;
}

let painted = { from: 0, to: 0 };

// Put the rows in sight into the page; `all` makes those anew that are there already.
function paint(all) {
  const scroll = byId("grid");
  const body = scroll.lastElementChild;
  rowHeight = parseInt(getComputedStyle(scroll).getPropertyValue("--row"), 10) || 56;
  body.style.height = `${view.rows.length * rowHeight}px`;
  const from = Math.max(0, Math.floor(scroll.scrollTop / rowHeight) - 8);
  const to = Math.min(view.rows.length, Math.ceil((scroll.scrollTop + inSight()) / rowHeight) + 8);
  if (all) {
    body.replaceChildren();
    painted = { from, to: from };
  }
  for (const node of [...body.children]) {
    const place = Number(node.dataset.place);
    if (place < from || place >= to) node.remove();
  }
  for (let place = from; place < to; place += 1) {
    if (all || place < painted.from || place >= painted.to) {
      const node = rowNode(place);
      if (place < painted.from) {
        const next = [...body.children].find((each) => Number(each.dataset.place) > place);
        body.insertBefore(node, next ?? null);
      } else body.append(node);
    }
  }
  painted = { from, to };
  mark();
}

// Show which row is the current one.
function mark() {
  const grid = byId("grid");
  for (const node of grid.querySelectorAll(".grid-rows .row")) {
    node.setAttribute("aria-selected", String(Number(node.dataset.place) === view.current));
  }
  const row = view.rows[view.current];
  if (row !== undefined && byId(`row${row}`)) grid.setAttribute("aria-activedescendant", `row${row}`);
  else grid.removeAttribute("aria-activedescendant");
}

// The height in which rows are seen: the head stays at the top.
const inSight = () => byId("grid").clientHeight - byId("grid").firstElementChild.offsetHeight;

function reveal(place) {
  const scroll = byId("grid");
  const top = place * rowHeight;
  if (top < scroll.scrollTop) scroll.scrollTop = top;
  else if (top + rowHeight > scroll.scrollTop + inSight()) scroll.scrollTop = top + rowHeight - inSight();
  paint(false);
}

function moveTo(place) {
  if (view.rows.length === 0) return;
  view.current = Math.max(0, Math.min(view.rows.length - 1, place));
  reveal(view.current);
  mark();
}

// Show one row's decisions anew, without a new order: a row must not run away while it is worked on.
function repaintRow(row) {
  const old = byId(`row${row}`);
  if (old) old.replaceWith(rowNode(Number(old.dataset.place)));
  progress();
  mark();
}
