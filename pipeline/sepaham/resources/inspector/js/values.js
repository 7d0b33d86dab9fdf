// What a form asks for each kind of fact, and the value that its answers make.

const CHOICES = {
  status: ["signed", "planned", "extended", "implemented", "ended"],
  type: ["mou", "agreement", "joint_statement", "loi", "grant", "other"],
  kind: ["local_government", "central_government", "security_justice", "legislature", "state_owned_company", "company", "education", "association", "foreign_government", "international_organization", "other"],
  field: ["government", "economy_trade_investment", "finance_tax", "agriculture_food", "marine_fisheries", "education_research", "health", "infrastructure_transport", "energy_mining", "environment", "tourism_culture", "law_security", "technology_digital", "labor_social", "disaster", "sports_youth", "religion", "media", "politics", "other"],
  commitment: ["scope", "subject", "obligation", "target", "aim"],
  acting: ["", "Pj", "Pjs", "Plt", "Plh", "Penjabat"],
};
const ISO = /^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/;

// Fields of a form: name, kind of input, the value now; `words` marks text that must stand in the article.
const FORMS = {
  status: (v) => [{ name: "status", kind: "choice", of: "status", value: v }],
  doc_types: (v) => [{ name: "doc_types", kind: "several", of: "type", value: v ?? [] }],
  fields: (v) => [{ name: "fields", kind: "several", of: "field", value: v ?? [] }],
  hub: (v) => [{ name: "hub", kind: "party", value: v, none: true }],
  agreement_text: (v) => [{ name: "text", words: true, value: v }],
  doc_number: (v) => [{ name: "text", words: true, value: v }],
  subject: (v) => [{ name: "text", words: true, value: v }],
  date: (v) => [{ name: "value", kind: "iso", value: v?.value }, { name: "text", words: true, value: v?.text }],
  valid_until: (v) => [{ name: "value", kind: "iso", value: v?.value }, { name: "text", words: true, value: v?.text }],
  venue: (v) => [{ name: "text", words: true, value: v?.text }, { name: "place", words: true, open: true, value: v?.name }, { name: "city", words: true, open: true, value: v?.city }],
  value: (v) => [{ name: "text", words: true, value: v?.text }, { name: "amount", kind: "number", value: v?.amount }, { name: "currency", value: v?.currency ?? "", open: true }],
  duration: (v) => [{ name: "text", words: true, value: v?.text }, { name: "iso", value: v?.iso, open: true }],
  parties: (v) => [{ name: "text", words: true, value: v?.texts?.[0] }, { name: "name", open: true, value: v?.name }, { name: "kind", kind: "choice", of: "kind", value: v?.kind, none: true }],
  signatory: (v) => [{ name: "person", words: true, open: true, value: v?.name }, { name: "role", words: true, open: true, value: v?.role }, { name: "acting", kind: "choice", of: "acting", value: v?.acting ? v.acting_form ?? "Pj" : "" }, { name: "party", kind: "party" }],
  witnesses: (v) => [{ name: "person", words: true, open: true, value: v?.name }, { name: "role", words: true, open: true, value: v?.role }],
  commitments: (v) => [{ name: "text", words: true, value: v?.text }, { name: "commitment", kind: "choice", of: "commitment", value: v?.type ?? "scope" }],
};

const none = (text) => (text === "" || text === undefined ? null : text);
const wordsAt = (at) => (at ? { "": at } : {});

// A date of these words whose meaning is worked out when the corrections are applied.
const openDate = (text) => ({ text, value: null, lower: null, upper: null, precision: "none", basis: "explicit", conflict: null });
const openParty = (text, old) => ({ name: text, kind: null, texts: [text], signatories: old?.signatories ?? [], level: "none", code: null, parent_name: null, parent_code: null, member_count: old?.member_count ?? null });

// The value of a fact whose words were picked, and whether parts of it are left to be worked out.
function fromWords(slot, at, old) {
  const text = at.quote;
  switch (slot) {
    case "date": return { value: openDate(text), fill: true };
    case "venue": return { value: { text, name: old?.name && text.includes(old.name) ? old.name : null, city: old?.city && text.includes(old.city) ? old.city : null, city_code: old?.city && text.includes(old.city) ? old.city_code : null }, fill: false };
    case "value": return { value: { text, amount: null, currency: null }, fill: true };
    case "duration": return { value: { text, iso: null }, fill: true };
    case "valid_until": return { value: { text, value: null }, fill: true };
    case "parties": return { value: openParty(text, old), fill: true };
    case "signatory": return { value: { name: text, role: old?.role ?? null, acting: old?.acting ?? false, acting_form: old?.acting_form ?? null, on_behalf_of: old?.on_behalf_of ?? null }, fill: false };
    case "witnesses": return { value: { name: text, role: old?.role ?? null }, fill: false };
    case "commitments": return { value: { start: at.start, end: at.end, text, type: old?.type ?? "scope", obligor_seq: old?.obligor_seq ?? null, quantity: null, unit: null, deadline: null }, fill: false };
    default: return { value: text, fill: false };
  }
}

// The value that the answers of a form make: {value, words, fill} or {fault}.
function fromForm(record, fact, answers, near) {
  const old = fact.value;
  const lead = answers.person ?? answers.text;
  const at = lead ? record.text?.find(lead, near) ?? null : null;
  for (const field of FORMS[fact.slot](old)) {
    const text = answers[field.name];
    if (field.words && text && record.text && !record.text.find(text, near)) return { fault: t("not_in_article", { words: text }) };
    if (field.words && !field.open && !text) return { fault: t("words_needed") };
    if (field.kind === "iso" && text && !ISO.test(text)) return { fault: t("no_date") };
  }
  const words = fact.words[""]?.quote === lead ? fact.words : wordsAt(at);
  switch (fact.slot) {
    case "status": return { value: answers.status, words: fact.words };
    case "doc_types": return answers.doc_types.length ? { value: answers.doc_types, words: fact.words } : { fault: t("choose_one") };
    case "fields": return answers.fields.length <= 3 ? { value: answers.fields, words: fact.words } : { fault: t("at_most", { n: 3 }) };
    case "hub": return { value: none(answers.party), words: fact.words };
    case "date": return { value: old && old.text === answers.text && old.value === none(answers.value) ? old : { ...openDate(answers.text), value: none(answers.value) }, words, fill: !answers.value };
    case "valid_until": return { value: { text: answers.text, value: none(answers.value) }, words, fill: !answers.value };
    case "venue": return { value: { text: answers.text, name: none(answers.place), city: none(answers.city), city_code: old?.city === none(answers.city) ? old?.city_code ?? null : null }, words, fill: Boolean(answers.city) && old?.city !== answers.city };
    case "value": return { value: { text: answers.text, amount: answers.amount === "" ? null : Number(answers.amount), currency: none(answers.currency) ?? (answers.amount === "" ? null : "IDR") }, words, fill: answers.amount === "" };
    case "duration": return { value: { text: answers.text, iso: none(answers.iso) }, words, fill: !answers.iso };
    case "parties": return fromPartyForm(fact, answers, at);
    case "signatory": return answers.person || answers.role ? { value: { name: none(answers.person), role: none(answers.role), acting: answers.acting !== "", acting_form: none(answers.acting), on_behalf_of: old?.on_behalf_of ?? null }, words: answers.person ? words : wordsAt(record.text?.find(answers.role, near)), party: answers.party } : { fault: t("name_or_role") };
    case "witnesses": return answers.person || answers.role ? { value: { name: none(answers.person), role: none(answers.role) }, words: answers.person ? words : wordsAt(record.text?.find(answers.role, near)) } : { fault: t("name_or_role") };
    case "commitments": {
      const place = at ?? fact.words[""];
      if (!place) return { fault: t("words_needed") };
      return { value: { ...(old ?? { obligor_seq: null, quantity: null, unit: null, deadline: null }), text: answers.text, type: answers.commitment, start: place.start, end: place.end }, words };
    }
    default: return { value: answers.text, words };
  }
}

function fromPartyForm(fact, answers, at) {
  const old = fact.value;
  const words = { ...fact.words };
  if (at && at.quote !== words[""]?.quote) words[""] = at;
  const sameText = old?.texts?.[0] === answers.text;
  const sameName = old?.name === answers.name;
  if (sameText && sameName) return { value: { ...old, kind: answers.kind || old.kind }, words, fill: fact.correction?.fill ?? false };
  const texts = [answers.text, ...(old?.texts ?? []).filter((text) => text !== answers.text && sameName)].slice(0, 4);
  const typed = answers.name && !sameName;
  const value = { ...openParty(answers.text, old), texts, name: typed || sameName ? answers.name || answers.text : answers.text, kind: answers.kind || null };
  return { value, words, fill: true };
}
