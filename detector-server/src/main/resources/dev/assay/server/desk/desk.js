// The desk: files are handed over, examined by the server, and shown with their answers.

import {listen} from "./drop.js";
import {Rows} from "./rows.js";
import * as sending from "./sending.js";
import * as server from "./server.js";

const MAX_SHOWN = 2000;
const BUSY_MILLISECONDS = 700;
const IDLE_MILLISECONDS = 5000;
const URGENCY = ["synthetic", "altered", "failed", "inconclusive", "not-synthetic"];

const byId = (id) => document.getElementById(id);
const stored = (name, otherwise) => localStorage.getItem("assay." + name) ?? otherwise;

let texts = {};
const asked = new URLSearchParams(location.search).get("lang");
let language = ["en", "zh"].includes(asked)
  ? asked
  : stored("language", navigator.language.startsWith("zh") ? "zh" : "en");
let jobs = [];
let total = 0;
let anew = true;
let timer;
let polling = false;
let asksAgain = false;

const say = (name, ...values) =>
  values.reduce((text, value, i) => text.replaceAll(`{${i}}`, value), texts[name] ?? name);

const rows = new Rows(
  byId("rows"),
  {chosen: showChosen, "note.edit": editNote, quote: showQuote, remove: (item) => remove([item])},
  say,
);

// Words

async function speak(code) {
  language = code;
  localStorage.setItem("assay.language", code);
  texts = await (await fetch(code + ".json", {cache: "no-store"})).json();
  document.documentElement.lang = texts.locale;
  document.title = say("title");
  for (const each of document.querySelectorAll("[data-text]")) each.textContent = say(each.dataset.text);
  for (const each of document.querySelectorAll("[data-label]")) {
    each.setAttribute("aria-label", say(each.dataset.label));
  }
  const local = ["127.0.0.1", "localhost", "[::1]"].includes(location.hostname);
  byId("place").textContent = local ? say("place.here") : say("place.there", location.host);
}

// What is shown

function items() {
  const waiting = sending.files.map((file) => ({...file, status: file.state}));
  return [...waiting.reverse(), ...jobs];
}

function matches(item) {
  const words = byId("words").value.trim().toLowerCase();
  const label = byId("label").value;
  const text = [item.name, item.note, item.reason].join(" ").toLowerCase();
  return (label === "" || item.label === label) && text.includes(words);
}

const rank = (item) => (item.label ? URGENCY.indexOf(item.label) : URGENCY.length);
const orders = {
  newest: null,
  suspicious: (a, b) => rank(a) - rank(b) || (b.probability ?? 0) - (a.probability ?? 0),
  name: (a, b) => a.name.localeCompare(b.name),
};

function show() {
  const all = items();
  const found = all.filter(matches);
  const order = orders[byId("order").value];
  if (order) found.sort(order);
  rows.show(found, language);
  byId("files").hidden = all.length === 0;
  byId("empty").hidden = all.length > 0;
  const more = total > jobs.length ? " " + say("shown.more", total - jobs.length) : "";
  byId("shown").textContent = say("shown", found.length, all.length) + more;
  showProgress(all);
  showChosen();
}

function showProgress(all) {
  const done = all.filter((item) => item.status === "done" || item.status === "refused").length;
  const running = all.filter((item) => item.status === "running").length;
  const busy = done < all.length;
  byId("progress-line").hidden = !busy;
  byId("progress").max = Math.max(1, all.length);
  byId("progress").value = done;
  const text = busy ? say("progress", done, all.length, running) : done ? say("progress.done", done) : "";
  if (byId("progress-text").textContent !== text) byId("progress-text").textContent = text;
}

function showChosen() {
  const chosen = rows.chosen();
  byId("compare").disabled = chosen.length !== 2;
  byId("remove").disabled = chosen.length === 0;
  byId("export").textContent = chosen.length ? say("export.chosen", chosen.length) : say("export");
  byId("export").disabled = !jobs.some((job) => job.status === "done");
}

function trouble(text) {
  if (byId("trouble").textContent !== text) byId("trouble").textContent = text;
  byId("trouble").hidden = text === "";
}

function locked(yes) {
  byId("locked").hidden = !yes;
  byId("desk").hidden = yes;
  if (yes) byId("key").focus();
}

// What is asked

async function refresh() {
  const answer = await server.jobs(language, MAX_SHOWN, anew);
  anew = false;
  locked(false);
  trouble("");
  if (answer) {
    jobs = answer.jobs.map((job) => ({...job, key: job.id}));
    total = answer.total;
  }
  if (answer || jobs.some((job) => job.status === "running")) show();
}

function isBusy() {
  return sending.left() > 0 || jobs.some((job) => job.status !== "done");
}

/** Asks once, and again after a while; whoever calls meanwhile has it asked once more at once. */
async function poll() {
  clearTimeout(timer);
  if (polling) {
    asksAgain = true;
    return;
  }
  polling = true;
  do {
    asksAgain = false;
    try {
      await refresh();
    } catch (refused) {
      told(refused);
    }
  } while (asksAgain);
  polling = false;
  timer = setTimeout(poll, isBusy() ? BUSY_MILLISECONDS : IDLE_MILLISECONDS);
}

function told(refused) {
  anew = true;
  if (refused.status === 401 && byId("locked").hidden) {
    trouble("");
    locked(true);
  } else if (refused.status === 0) {
    trouble(say("gone"));
  } else if (refused.status !== 401) {
    trouble(refused.message);
  }
}

/** Does something with the server, and tells what came of it. */
async function act(work) {
  try {
    await work();
    await poll();
  } catch (refused) {
    told(refused);
  }
}

async function unlock(key) {
  try {
    await server.begin(key);
    anew = true;
    await poll();
    showVersion();
  } catch (refused) {
    if (refused.status === 401 || refused.status === 400) {
      locked(true);
      trouble(say("key.wrong"));
    } else {
      told(refused);
    }
  }
}

/** Opens the desk with the key that the address holds, if it holds one. */
async function enter() {
  const key = location.hash.slice(1);
  if (!key) return false;
  // Not in the history of the browser, nor in what is copied from its address line.
  history.replaceState(null, "", location.pathname);
  await unlock(key);
  return true;
}

async function showVersion() {
  const {name, version} = await server.version().catch(() => ({}));
  byId("version").textContent = name ? `${name} ${version}` : "";
}

// What people do

/** Opens a dialog, and tells the button that closed it; none where Escape did. */
function answered(dialog) {
  return new Promise((resolve) => {
    dialog.returnValue = "";
    dialog.addEventListener("close", () => resolve(dialog.returnValue), {once: true});
    dialog.showModal();
  });
}

async function editNote(item) {
  byId("note-title").textContent = item.name;
  byId("note-text").value = item.note ?? "";
  if ((await answered(byId("note-dialog"))) === "save") {
    await act(() => server.note(item.id, byId("note-text").value));
  }
}

async function showQuote(item) {
  byId("copied").textContent = "";
  await act(async () => {
    byId("quote-text").value = await server.quote(item.id, language);
    answered(byId("quote-dialog"));
    byId("quote-text").setSelectionRange(0, 0);
    byId("quote-text").scrollTop = 0;
  });
}

async function copy() {
  try {
    await navigator.clipboard.writeText(byId("quote-text").value);
    byId("copied").textContent = say("copied");
  } catch {
    // The browser does not let the page: then the reader copies what is chosen here.
    byId("quote-text").select();
  }
}

async function remove(chosen) {
  if (!confirm(chosen.length === 1 ? say("remove.one", chosen[0].name) : say("remove.many", chosen.length))) {
    return;
  }
  await act(async () => {
    for (const item of chosen) {
      if (item.id) await server.remove(item.id);
      else sending.forget(item.key);
    }
  });
}

async function exportChosen() {
  const chosen = rows.chosen();
  const wanted = chosen.length ? chosen : jobs.filter((job) => job.status === "done");
  await act(async () => {
    const archive = await server.archive(wanted.map((item) => item.id), language);
    const link = Object.assign(document.createElement("a"), {
      href: URL.createObjectURL(archive),
      download: "assay.zip",
    });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  });
}

function compare() {
  const [one, other] = rows.chosen();
  window.open(server.comparison(one.id, other.id, language), "_blank", "noopener");
}

// The page comes to life

sending.start(
  () => {
    show();
    if (sending.left() > 0) return;
    poll();
  },
  () => ({language, profile: byId("profile").value}),
);
listen(byId("drop"), [byId("choose-files"), byId("choose-folder")], (files) => {
  sending.add(files);
  poll();
});
byId("profile").value = stored("profile", "balanced");
byId("profile").addEventListener("change", () => localStorage.setItem("assay.profile", byId("profile").value));
byId("language").addEventListener("change", async () => {
  await speak(byId("language").value);
  anew = true;
  poll();
});
for (const id of ["words", "label", "order"]) byId(id).addEventListener("input", show);
byId("choose-all").addEventListener("change", () => {
  rows.chooseAll(byId("choose-all").checked);
  showChosen();
});
byId("compare").addEventListener("click", compare);
byId("export").addEventListener("click", exportChosen);
byId("remove").addEventListener("click", () => remove(rows.chosen()));
byId("copy").addEventListener("click", copy);
byId("key-form").addEventListener("submit", (event) => {
  event.preventDefault();
  const key = byId("key").value.trim();
  byId("key").value = "";
  unlock(key);
});
window.addEventListener("beforeunload", (event) => {
  if (sending.left() > 0) event.preventDefault();
});

byId("language").value = language;
await speak(language);
if (!(await enter())) {
  await poll();
  showVersion();
}
// Whoever opens a new address in the same tab changes nothing but what is behind the #.
window.addEventListener("hashchange", enter);
