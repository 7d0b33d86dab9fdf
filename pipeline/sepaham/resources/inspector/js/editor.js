// Forms in the list of facts: change a value by typing or choosing; Enter saves, Escape leaves it as it was.

let shownForm = null;

const inputId = (name) => `edit-${name}`;

function choiceInput(field) {
  const select = el("select", { id: inputId(field.name), name: field.name });
  if (field.none) select.append(el("option", { value: "", text: t("worked_out") }));
  for (const value of CHOICES[field.of]) select.append(el("option", { value, text: value === "" ? t("not_acting") : known(field.of, value) }));
  select.value = field.value ?? "";
  return select;
}

function severalInput(field) {
  const box = el("fieldset", {}, el("legend", { class: "unseen", text: t(`ask.${field.name}`) }));
  CHOICES[field.of].forEach((value, i) => {
    const id = `${inputId(field.name)}-${i}`;
    box.append(el("label", { htmlFor: id }, el("input", { type: "checkbox", id, name: field.name, value, checked: field.value.includes(value) }), ` ${known(field.of, value)}`));
  });
  return box;
}

function partyInput(field, fact) {
  const select = el("select", { id: inputId("party"), name: "party" });
  if (field.none) select.append(el("option", { value: "", text: t("no_hub") }));
  for (const party of shown.facts.filter((each) => each.slot === "parties" && !each.gone)) {
    const value = field.none ? party.value.name : party.pointer;
    select.append(el("option", { value, text: `${party.number}. ${party.value.name}` }));
  }
  select.value = field.none ? field.value ?? "" : fact.party?.pointer ?? select.options[0]?.value ?? "";
  return select;
}

function textInput(field) {
  const input = field.kind === "number" ? el("input", { type: "number", step: "any" }) : el(field.name === "text" && (field.value ?? "").length > 60 ? "textarea" : "input", {});
  input.id = inputId(field.name);
  input.name = field.name;
  input.value = field.value ?? "";
  input.autocomplete = "off";
  if (field.kind === "iso") input.placeholder = "2024-05-14 · 2024-05 · 2024";
  return input;
}

function inputFor(field, fact) {
  if (field.kind === "several") return severalInput(field);
  const input = field.kind === "choice" ? choiceInput(field) : field.kind === "party" ? partyInput(field, fact) : textInput(field);
  return el("p", {}, el("label", { htmlFor: input.id, text: t(`ask.${field.name}`) }), input);
}

function answersOf(form) {
  const answers = {};
  for (const input of form.elements) {
    if (!input.name) continue;
    if (input.type === "checkbox") {
      answers[input.name] ??= [];
      if (input.checked) answers[input.name].push(input.value);
    } else answers[input.name] = input.value.trim();
  }
  return answers;
}

// Open the form of a fact in its place; `finish(result)` hears the value.
function edit(fact, finish) {
  shown.editing = true;
  render();
  const node = byId(`fact-${fact.pointer}`) ?? byId("facts").querySelector("ul").appendChild(el("li", { class: "fact on" }, el("div", { class: "label" }, el("span", { text: labelOf(fact) }))));
  const fault = el("p", { class: "fault", role: "alert" });
  const form = el(
    "form", { class: "edit", aria: { label: t("editing", { what: labelOf(fact) }) } },
    ...FORMS[fact.slot](fact.value).map((field) => inputFor(field, fact)), fault,
    el("div", { class: "do" }, el("button", { type: "submit", class: "main", text: t("save") }), el("button", { type: "button", text: t("cancel"), on: { click: () => leaveForm() } })),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const result = fromForm(shown.record, fact, answersOf(form), fact.words[""]?.start ?? anchorOf(shown.record)?.start ?? 0);
    if (result.fault) {
      fault.textContent = result.fault;
      return;
    }
    shown.editing = false;
    shownForm = null;
    finish(result);
  });
  form.addEventListener("click", (event) => event.stopPropagation());
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      event.stopPropagation();
      leaveForm();
    } else if (event.key === "Enter" && ["TEXTAREA", "SELECT"].includes(event.target.tagName) && !event.shiftKey) {
      event.preventDefault();
      form.requestSubmit();
    } else if (event.key === "Enter" && event.target.type === "checkbox") {
      event.preventDefault();
      form.requestSubmit();
    }
  });
  node.append(form);
  shownForm = form;
  const first = form.querySelector("input, select, textarea");
  first.focus();
  first.select?.();
  node.scrollIntoView({ block: "nearest" });
}

function leaveForm() {
  shown.editing = false;
  shownForm = null;
  render();
  byId(`fact-${shown.active}`)?.focus({ preventScroll: true });
}
