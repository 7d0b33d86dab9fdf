// The way out: corrections.json to download or copy; the way in: one that was exported before.

const reviewer = () => kept.get("reviewer") ?? "";

function notify(text, ...actions) {
  const box = byId("notice");
  box.replaceChildren(el("span", { text }), ...actions, el("button", { type: "button", text: t("dismiss"), on: { click: () => { box.hidden = true; } } }));
  box.hidden = false;
}

function download(file, name) {
  const url = URL.createObjectURL(new Blob([`${JSON.stringify(file, null, 1)}\n`], { type: "application/json" }));
  const link = el("a", { href: url, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}

async function copyText(area) {
  try {
    await navigator.clipboard.writeText(area.value);
    return true;
  } catch {
    area.focus();
    area.select();
    return document.execCommand("copy");
  }
}

function exportDialog() {
  const dialog = byId("export");
  const name = el("input", { id: "reviewer", value: reviewer(), autocomplete: "name" });
  const area = el("textarea", { id: "export-text", readOnly: true, rows: 10, spellcheck: false });
  const note = el("p", { class: "sub", role: "status" });
  const fill = () => {
    kept.set("reviewer", name.value.trim());
    const file = exported(name.value.trim());
    area.value = JSON.stringify(file, null, 1);
    note.textContent = t("export_count", { n: file.corrections.length });
    return file;
  };
  name.addEventListener("input", fill);
  const upload = el("input", { type: "file", accept: ".json,application/json", id: "import" });
  upload.addEventListener("change", async () => {
    try {
      const found = take(JSON.parse(await upload.files[0].text()));
      refresh();
      render();
      fill();
      note.textContent = t("imported", { n: found });
    } catch (error) {
      note.textContent = `${t("no_corrections")} (${error.message})`;
    }
  });
  const done = () => { markExported(); progress(); };
  dialog.replaceChildren(
    el("h2", { id: "export-title", text: t("export") }),
    el("p", { text: t("export_how") }),
    el("p", {}, el("label", { htmlFor: "reviewer", text: t("reviewer") }), name),
    el("p", {}, el("label", { htmlFor: "export-text", text: "corrections.json" }), area), note,
    el("div", { class: "do" },
      el("button", { type: "button", class: "main", id: "download", text: t("download"), on: { click: () => { download(fill(), "corrections.json"); done(); } } }),
      el("button", { type: "button", id: "copy", text: t("copy"), on: { click: async () => { fill(); note.textContent = (await copyText(area)) ? t("copied") : t("not_copied"); done(); } } }),
      el("button", { type: "button", text: t("close"), on: { click: () => dialog.close() } })),
    el("p", {}, el("label", { htmlFor: "import", text: t("import") }), upload),
  );
  fill();
  dialog.showModal();
  (name.value ? dialog.querySelector("#download") : name).focus();
}

function helpDialog() {
  const dialog = byId("help");
  const keys = ["j", "enter", "escape", "digit", "n", "a", "e", "r", "w", "+", "A", "R", "u", "slash", "o", "x", "question"];
  const toggle = el("input", { type: "checkbox", id: "keys-on", checked: keysOn(), on: { change: (event) => kept.set("keys", event.target.checked ? "on" : "off") } });
  dialog.replaceChildren(
    el("div", { class: "head-line" }, el("h2", { id: "help-title", text: t("help") }), el("button", { type: "button", class: "main", text: t("close"), on: { click: () => dialog.close() } })),
    el("p", { text: t("help_text") }),
    el("dl", { class: "keys" }, ...keys.flatMap((key) => [el("dt", {}, el("kbd", { text: t(`key.${key}.press`) })), el("dd", { text: t(`key.${key}.does`) })])),
    el("p", {}, el("b", { text: `${t("key.digit.press")}: ` }), t("digits")),
    el("p", { text: t("picking_help") }),
    el("p", { class: "legend" }, ...["high", "middle", "low"].map((each) => el("span", { class: `chip ${each}`, text: t(`sure.${each}`) }))),
    el("p", {}, toggle, el("label", { htmlFor: "keys-on", text: ` ${t("keys_on")}` })),
  );
  dialog.showModal();
  dialog.querySelector(".main").focus();
}

const keysOn = () => kept.get("keys") !== "off";
