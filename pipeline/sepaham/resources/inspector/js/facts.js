// An agreement as a list of facts: what was extracted, what the reviewer made of it, and the words for it.

const chunks = new Map();

// The agreement of a row and its article; unpacks the block in which it stands.
async function opened(row) {
  const number = Math.floor(row / meta.chunk);
  if (!chunks.has(number)) {
    if (chunks.size > 12) chunks.delete(chunks.keys().next().value);
    chunks.set(number, unpack(`chunk${number}`));
  }
  const chunk = await chunks.get(number);
  const agreement = chunk.agreements[row % meta.chunk];
  const article = chunk.texts[agreement.article_id];
  return { row, agreement, article, text: article ? new Text(article.text) : null };
}

const SCALARS_FIRST = ["status", "doc_types", "agreement_text", "doc_number", "subject"];
const SCALARS_LAST = ["fields", "value", "duration", "valid_until"];
// The number key of each group of facts.
const GROUPS = {
  status: 1, doc_types: 2, agreement_text: 2, doc_number: 2, subject: 3, parties: 4, hub: 4, date: 5, venue: 6,
  commitments: 7, fields: 8, value: 9, duration: 9, valid_until: 9, witnesses: 0,
};
const MUST = ["status", "doc_types"];

const isEmpty = (value) => value === null || value === undefined || (Array.isArray(value) && value.length === 0);

// The lines of evidence for a pointer, the reviewer's own left out.
const proofs = (record, pointer) =>
  record.agreement.evidence.filter((line) => line.field === pointer && !line.rule.startsWith("reviewer_"));

function quoteOf(record, line) {
  if (line.start === null || line.start === undefined) return null;
  return record.text ? record.text.slice(line.start, line.end) : line.quote ?? null;
}

// The words for a pointer and its parts: the reviewer's, else those of the first line of evidence.
function wordsOf(record, pointer, correction) {
  if (correction && correction.words.length) {
    return Object.fromEntries(correction.words.map((w) => [w.part, { start: w.start, end: w.end, quote: w.quote }]));
  }
  const found = {};
  if (pointer.includes("+")) return found;
  for (const line of record.agreement.evidence) {
    if (line.rule.startsWith("reviewer_") || line.start === null) continue;
    if (line.field !== pointer && !line.field.startsWith(`${pointer}/`)) continue;
    const part = line.field.slice(pointer.length);
    if (!(part in found)) found[part] = { start: line.start, end: line.end, quote: quoteOf(record, line) };
  }
  return found;
}

function scalar(record, slot) {
  const pointer = `/${slot}`;
  const correction = decided(record.row, pointer);
  const base = record.agreement[slot];
  const value = correction ? (correction.action === "accept" ? correction.before : correction.action === "reject" ? null : correction.value) : base;
  const lines = proofs(record, pointer);
  return {
    kind: "scalar", slot, pointer, base, value, correction, lines, words: wordsOf(record, pointer, correction),
    sure: correction ? 1 : lines[0]?.confidence ?? record.agreement.confidence[slot] ?? null,
    gone: false, missing: isEmpty(value),
  };
}

function member(record, slot, pointer, base, number) {
  const correction = decided(record.row, pointer);
  const gone = correction?.action === "reject";
  const value = !correction || gone ? base ?? correction?.before : correction.action === "accept" ? correction.before : correction.value;
  const lines = pointer.includes("+") ? [] : proofs(record, pointer);
  return {
    kind: "member", slot, pointer, base, value, correction, lines, words: wordsOf(record, pointer, correction), number,
    sure: correction ? 1 : lines[0]?.confidence ?? record.agreement.confidence[slot] ?? null, gone, missing: false,
  };
}

// The people of a party, each a fact of its own whose decisions are decisions on the party.
function people(record, party) {
  return party.value.signatories.map((person, order) => {
    const part = `/signatories/${order}`;
    const lines = party.pointer.includes("+") ? [] : proofs(record, party.pointer + part);
    return {
      kind: "person", slot: "signatory", pointer: party.pointer + part, part, order, party, value: person,
      base: party.base?.signatories?.[order], correction: party.correction, lines,
      words: party.words[part] ? { "": party.words[part] } : {},
      sure: party.correction ? 1 : lines[0]?.confidence ?? null, gone: party.gone, missing: false, number: party.number,
    };
  });
}

function members(record, slot) {
  const found = record.agreement[slot].map((base, place) => member(record, slot, `/${slot}/${place}`, base, 0));
  for (const [pointer, correction] of of(record.row)) {
    if (pointer.startsWith(`/${slot}/+`) && live(correction)) found.push(member(record, slot, pointer, null, 0));
  }
  let number = 0;
  for (const fact of found) if (!fact.gone) fact.number = number += 1;
  return found;
}

// The hub follows its party when that is renamed or removed.
function hubOf(record, parties) {
  const fact = scalar(record, "hub");
  const party = parties.find((each) => each.base && each.base.name === fact.base);
  if (!fact.correction && party) {
    fact.value = party.gone ? null : party.value.name;
    fact.missing = party.gone;
  }
  return fact;
}

// All facts in the order in which they are shown.
function factsOf(record) {
  const facts = SCALARS_FIRST.map((slot) => scalar(record, slot));
  const parties = members(record, "parties");
  for (const party of parties) facts.push(party, ...people(record, party));
  if (parties.filter((p) => !p.gone).length > 2 || record.agreement.hub) facts.push(hubOf(record, parties));
  facts.push(scalar(record, "date"), scalar(record, "venue"));
  facts.push(...members(record, "commitments"), ...SCALARS_LAST.map((slot) => scalar(record, slot)));
  facts.push(...members(record, "witnesses"));
  for (const fact of facts) fact.group = GROUPS[fact.slot === "signatory" ? "parties" : fact.slot];
  return facts;
}

function anchorOf(record) {
  const lines = record.agreement.evidence.filter((line) => line.start !== null);
  const line = lines.find((each) => each.field === "/status" && !each.rule.startsWith("reviewer_")) ?? lines[0];
  return line ? { start: line.start, end: line.end } : null;
}

const memberName = (slot, value) => fold(slot === "commitments" ? value.text : value.name || value.role);

// How many members of the same name stand before this one.
function nth(record, fact) {
  if (!fact.base) return 0;
  const place = Number(fact.pointer.split("/")[2]);
  const before = record.agreement[fact.slot].slice(0, place);
  return before.filter((other) => memberName(fact.slot, other) === memberName(fact.slot, fact.base)).length;
}

// A correction on a fact: what stood there, what shall stand there, the words, who and when.
function correctionOf(record, fact, action, value, words, extra = {}) {
  const earlier = of(record.row).get(fact.pointer);
  const inList = fact.kind === "member";
  const isNew = inList && (earlier ? Boolean(earlier.added) : !fact.base);
  const at = moment();
  const before = earlier ? earlier.before : copy(fact.base);
  const list = Object.entries(words ?? {}).map(([part, w]) => ({ part, start: w.start, end: w.end, quote: w.quote }));
  const obligor = fact.slot === "commitments" && value?.obligor_seq ? record.agreement.parties[value.obligor_seq - 1]?.name ?? null : null;
  return {
    agreement_id: earlier?.agreement_id ?? record.agreement.agreement_id,
    article_id: record.agreement.article_id,
    field: earlier ? earlier.field : isNew ? `/${fact.slot}/-` : fact.pointer,
    action: isNew && action !== "reject" ? "add" : action,
    before,
    value: action === "accept" && !isNew ? null : copy(value),
    words: action === "reject" ? [] : list,
    anchor: anchorOf(record),
    nth: earlier ? earlier.nth : inList ? nth(record, fact) : 0,
    added: isNew ? earlier?.added ?? at : null,
    fill: false,
    obligor,
    by: reviewer(),
    at,
    note: null,
    ...extra,
  };
}

// Decide on a fact; a value like the extracted one is an acceptance.
function setFact(record, fact, value, words, extra = {}) {
  if (fact.kind === "person") return setPerson(record, fact, value, words, extra);
  const earlier = of(record.row).get(fact.pointer);
  const before = earlier ? earlier.before : fact.base;
  const unchanged = !extra.fill && same(value, before ?? null);
  decide(record.row, fact.pointer, correctionOf(record, fact, unchanged ? "accept" : "change", value, words, extra));
  return fact.pointer;
}

function acceptFact(record, fact) {
  const target = fact.kind === "person" ? fact.party : fact;
  const earlier = decided(record.row, target.pointer);
  const open = earlier?.fill ? { fill: true } : {};
  if (!earlier || earlier.action === "reject") setFact(record, target, copy(target.base), earlier ? wordsOf(record, target.pointer, null) : target.words);
  else setFact(record, target, copy(target.value), target.words, open);
}

function rejectFact(record, fact) {
  if (fact.kind === "person") {
    const party = copy(fact.party.value);
    party.signatories.splice(fact.order, 1);
    setFact(record, fact.party, party, withoutPerson(fact.party.words, fact.order), openParts(fact.party));
    return true;
  }
  if (MUST.includes(fact.slot)) return false;
  const earlier = of(record.row).get(fact.pointer);
  if (fact.kind === "member" && !fact.base && (earlier?.added ?? null) !== null) {
    const known = meta.corrections.some((entry) => keyOf(entry.correction) === keyOf(earlier));
    decide(record.row, fact.pointer, known ? { ...earlier, action: "withdraw", value: null, words: [], at: moment() } : null);
    return true;
  }
  decide(record.row, fact.pointer, correctionOf(record, fact, "reject", null, {}));
  return true;
}

const openParts = (fact) => (fact.correction?.fill ? { fill: true } : {});

function withoutPerson(words, order) {
  const left = {};
  for (const [part, at] of Object.entries(words)) {
    const found = part.match(/^\/signatories\/(\d+)$/);
    if (!found || Number(found[1]) < order) left[part] = at;
    else if (Number(found[1]) > order) left[`/signatories/${Number(found[1]) - 1}`] = at;
  }
  return left;
}

function setPerson(record, fact, value, words, extra = {}) {
  const party = copy(fact.party.value);
  party.signatories[fact.order] = value;
  const all = { ...fact.party.words };
  if (words[""]) all[`/signatories/${fact.order}`] = words[""];
  setFact(record, fact.party, party, all, { ...openParts(fact.party), ...extra });
  return `${fact.party.pointer}/signatories/${fact.order}`;
}

// Move a person to another party: both parties change, and the tie is never lost.
function movePerson(record, fact, value, words, partyPointer) {
  const all = factsOf(record);
  const from = all.find((each) => each.pointer === fact.party.pointer);
  const to = all.find((each) => each.pointer === partyPointer);
  const left = copy(from.value);
  left.signatories.splice(fact.order, 1);
  setFact(record, from, left, withoutPerson(from.words, fact.order), openParts(from));
  const pointer = addPerson(record, to, value, words);
  history[history.length - 1].linked = true;
  return pointer;
}

function addPerson(record, party, value, words) {
  const changed = copy(party.value);
  changed.signatories.push(value);
  const part = `/signatories/${changed.signatories.length - 1}`;
  const all = { ...party.words };
  if (words[""]) all[part] = words[""];
  setFact(record, party, changed, all, openParts(party));
  return party.pointer + part;
}

function addMember(record, slot, value, words, extra = {}) {
  const pointer = freePointer(record.row, slot);
  const fact = { kind: "member", slot, pointer, base: null };
  decide(record.row, pointer, correctionOf(record, fact, "add", value, words, extra));
  return pointer;
}

// Decide on the agreement as a whole.
function decideWhole(record, action) {
  const fact = { kind: "scalar", slot: "agreement_id", pointer: WHOLE, base: null };
  const correction = correctionOf(record, fact, action, null, {});
  decide(record.row, WHOLE, { ...correction, before: null, value: null });
}
