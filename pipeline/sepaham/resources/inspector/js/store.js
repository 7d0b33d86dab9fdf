// The decisions of the reviewer: kept in the browser at once, exported as corrections.json.

const WHOLE = "/agreement_id";
const LISTS = ["parties", "witnesses", "commitments"];

// Row number -> pointer -> {correction, removed}; a withdrawn correction stays, so that it can be exported.
const decisions = new Map();
// Corrections that hold nowhere in this page; they go out as they came in.
const homeless = [];
const history = [];
let index = null;
let lastMoment = "";
let unsaved = 0;

const keyOf = (c) => {
  const slot = c.field.split("/")[1];
  if (!LISTS.includes(slot)) return JSON.stringify([c.agreement_id, c.field]);
  if (c.added) return JSON.stringify([c.agreement_id, slot, "added", c.added]);
  return JSON.stringify([c.agreement_id, slot, sorted(c.before), c.nth ?? 0]);
};

// The moment of a decision; each is later than the one before, so that of two on one thing the later holds.
function moment() {
  let now = new Date().toISOString();
  if (now <= lastMoment) now = new Date(Date.parse(lastMoment) + 1).toISOString();
  lastMoment = now;
  return now;
}

const of = (row) => decisions.get(row) ?? new Map();

function put(row, pointer, correction) {
  if (!decisions.has(row)) decisions.set(row, new Map());
  if (correction === null) decisions.get(row).delete(pointer);
  else decisions.get(row).set(pointer, correction);
  if (correction && correction.at > lastMoment) lastMoment = correction.at;
}

// Decide, remembering what was there.
function decide(row, pointer, correction) {
  const before = of(row).get(pointer) ?? null;
  history.push({ row, pointer, before });
  put(row, pointer, correction);
  save();
}

// Take the last decision back, with the one that it is linked to; null when there is none.
function undo() {
  const last = history.pop();
  if (!last) return null;
  if (last.linked) undo();
  const now = of(last.row).get(last.pointer);
  const fromFile = now && meta.corrections.some((entry) => keyOf(entry.correction) === keyOf(now));
  if (last.before) put(last.row, last.pointer, { ...last.before, at: moment() });
  else if (now && fromFile) put(last.row, last.pointer, { ...now, action: "withdraw", value: null, words: [], at: moment() });
  else put(last.row, last.pointer, null);
  save();
  return last;
}

const live = (correction) => Boolean(correction) && correction.action !== "withdraw";
const decided = (row, pointer) => { const c = of(row).get(pointer); return live(c) ? c : null; };
const whole = (row) => decided(row, WHOLE);

// "accepted", "rejected", "part" (facts were corrected, the whole not decided), "none".
function stateOf(row) {
  const done = whole(row);
  if (done) return done.action === "accept" ? "accepted" : "rejected";
  for (const correction of of(row).values()) if (live(correction)) return "part";
  return "none";
}

function* entries() {
  for (const [row, pointers] of decisions) {
    for (const [pointer, correction] of pointers) yield { row, pointer, correction };
  }
  yield* homeless;
}

function save(more = 1) {
  unsaved += more;
  const own = [...entries()].filter((entry) => entry.row !== null);
  if (!kept.set(`work.${meta.dataset}`, JSON.stringify({ own, cells: Object.fromEntries(cells) }))) notify(t("not_kept"));
}

// Lay an entry over the store where it is later than what is there.
function lay(entry) {
  if (entry.row === null || entry.row === undefined || entry.pointer === null) {
    homeless.push(entry);
    return;
  }
  let pointer = entry.pointer;
  if (pointer.endsWith("/-")) {
    const slot = pointer.split("/")[1];
    const known = [...of(entry.row)].find(([, c]) => keyOf(c) === keyOf(entry.correction));
    pointer = known ? known[0] : freePointer(entry.row, slot);
  }
  const there = of(entry.row).get(pointer);
  if (!there || there.at <= entry.correction.at) put(entry.row, pointer, entry.correction);
}

// A pointer for a new member: it is nobody's number, and keeps its place in the order.
function freePointer(row, slot) {
  let number = 0;
  while (of(row).has(`/${slot}/+${number}`)) number += 1;
  return `/${slot}/+${number}`;
}

// What the table shows of rows that were worked on.
const cells = new Map();

function setCells(row, values) {
  cells.set(row, values);
  for (const [name, value] of Object.entries(values)) index[name][row] = value;
}

function keptWork(name) {
  const empty = { own: [], cells: {} };
  try { return { ...empty, ...JSON.parse(kept.get(name) ?? "{}") }; } catch { return empty; }
}

const stamp = (correction) => correction.at + keyOf(correction);

// The corrections that the page came with, then those that this browser kept, each where it is the later.
function load() {
  const inFile = new Set(meta.corrections.map((entry) => stamp(entry.correction)));
  for (const entry of meta.corrections) lay(entry);
  const { own, cells: seen } = keptWork(`work.${meta.dataset}`);
  const news = own.filter((entry) => index.id[entry.row] !== undefined && !inFile.has(stamp(entry.correction)));
  for (const entry of news) lay(entry);
  for (const { row } of news) if (seen[row]) setCells(row, seen[row]);
  const moment = kept.get(`exported.${meta.dataset}`) ?? "";
  unsaved = news.filter((entry) => entry.correction.at > moment).length;
}

function markExported() {
  unsaved = 0;
  kept.set(`exported.${meta.dataset}`, lastMoment);
}

// Work that another page of the same articles left in this browser and that is not in this one.
function leftBehind() {
  const found = [];
  const here = new Set(index.id);
  const inFile = new Set(meta.corrections.map((entry) => stamp(entry.correction)));
  for (const name of kept.names()) {
    if (!name.startsWith("work.") || name === `work.${meta.dataset}`) continue;
    const own = keptWork(name).own.map((entry) => entry.correction).filter((c) => !inFile.has(stamp(c)));
    if (own.some((c) => here.has(c.agreement_id))) found.push({ name, corrections: own });
  }
  return found;
}

// The file: every correction, those of others too, each on one thing once.
function exported(reviewer) {
  const latest = new Map();
  for (const { correction } of entries()) {
    const named = correction.by ? correction : { ...correction, by: reviewer };
    const there = latest.get(keyOf(named));
    if (!there || there.at <= named.at) latest.set(keyOf(named), named);
  }
  const all = [...latest.values()].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  return { format: "sepaham-corrections", version: 1, corrections: all };
}

// Read corrections that were exported before; returns how many belong to agreements of this page.
function take(file) {
  if (file.format !== "sepaham-corrections") throw new Error(t("no_corrections"));
  const rows = new Map(index.id.map((id, row) => [id, row]));
  let found = 0;
  for (const correction of file.corrections) {
    const row = rows.get(correction.agreement_id);
    const pointer = /\/(\d+)$/.test(correction.field) || correction.field.split("/").length === 2 ? correction.field : `${correction.field.replace(/\/-$/, "")}/-`;
    lay({ row: row ?? null, pointer: row === undefined ? null : pointer, correction });
    found += row === undefined ? 0 : 1;
  }
  save();
  return found;
}
