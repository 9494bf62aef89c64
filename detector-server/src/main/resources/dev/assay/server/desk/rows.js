// The table of files: a row for each, made once and changed in place, so that nothing loses focus.

import {pageOf, pictureOf, reportOf} from "./server.js";

const element = (name, properties = {}, ...children) => {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
};

/** Sets a property only where it differs: screen readers speak what is set. */
const put = (object, name, value) => {
  if (object[name] !== value) object[name] = value;
};

class Row {
  constructor(key, actions, say) {
    this.key = key;
    this.say = say;
    this.choose = element("input", {type: "checkbox"});
    this.choose.addEventListener("change", () => actions.chosen());
    this.picture = element("td", {className: "thumb"});
    this.link = element("a", {target: "_blank", rel: "noopener"});
    this.name = element("span");
    this.note = element("p", {className: "note"});
    this.more = this.menu(actions);
    this.answer = element("td", {className: "answer-cell"});
    this.probability = element("td", {className: "number"});
    this.reason = element("td", {className: "wide"});
    this.tr = element(
      "tr",
      {},
      element("td", {}, this.choose),
      this.picture,
      element("td", {}, this.link, this.name, this.note, this.more),
      this.answer,
      this.probability,
      this.reason,
    );
  }

  menu(actions) {
    this.summary = element("summary");
    this.kept = element("span", {className: "quiet"});
    this.report = element("a", {download: ""});
    this.buttons = ["note.edit", "quote", "remove"].map((name) => {
      const button = element("button", {type: "button"});
      button.addEventListener("click", () => actions[name](this.item));
      return [name, button];
    });
    return element(
      "details",
      {className: "more"},
      this.summary,
      element("p", {className: "line"}, ...this.buttons.map(([, button]) => button), this.report),
      element("p", {}, this.kept),
    );
  }

  show(item, language) {
    // Seconds go on by themselves; all else comes as another item.
    if (item === this.item && language === this.language && !item.started) return;
    this.item = item;
    this.language = language;
    const {say} = this;
    const done = item.status === "done";
    put(this.tr, "className", item.label ?? item.status);
    this.tr.dataset.status = item.status;
    put(this.choose, "disabled", !done);
    this.choose.setAttribute("aria-label", say("choose", item.name));
    put(this.link, "hidden", !done);
    put(this.name, "hidden", done);
    put(this.link, "textContent", item.name);
    put(this.name, "textContent", item.name);
    if (done) put(this.link, "href", pageOf(item.id, language));
    put(this.note, "hidden", !item.note);
    put(this.note, "textContent", item.note ?? "");
    put(this.answer, "textContent", this.state(item));
    put(
      this.probability,
      "textContent",
      item.probability === undefined ? "" : (100 * item.probability).toFixed(1) + " %",
    );
    put(this.reason, "textContent", item.unreadable ? say("unreadable") : item.reason ?? item.detail ?? "");
    this.showMenu(item, done);
    this.showPicture(item, done);
  }

  state(item) {
    if (item.status === "done") return this.say("label." + item.label);
    if (item.status === "sending") return this.say("state.sending", Math.round(100 * item.share));
    if (item.status === "queued" && item.before === 0) return this.say("state.next");
    if (item.status === "queued") return this.say("state.queued", item.before);
    if (item.started) {
      const seconds = Math.max(0, Math.round((Date.now() - Date.parse(item.started)) / 1000));
      return this.say("state.running", seconds);
    }
    return this.say("state." + item.status);
  }

  showMenu(item, done) {
    put(this.more, "hidden", item.status === "sending");
    put(this.summary, "textContent", this.say("more"));
    this.summary.setAttribute("aria-label", this.say("more.of", item.name));
    for (const [name, button] of this.buttons) {
      put(button, "textContent", this.say(name));
      put(button, "hidden", name === "quote" ? !done : name === "note.edit" && !item.id);
    }
    put(this.report, "hidden", !done);
    put(this.report, "textContent", this.say("report"));
    if (done) {
      put(this.report, "href", reportOf(item.id));
      put(this.report, "download", item.name + ".json");
    }
    const until = item.forgotten ? new Date(item.forgotten).toLocaleString(this.say("locale")) : "";
    put(this.kept, "textContent", until && this.say("kept.until", until));
  }

  showPicture(item, done) {
    const pictured = done && item.label !== "failed" && item.kind !== "audio";
    if (pictured && !this.picture.firstChild) {
      const image = element("img", {loading: "lazy", alt: "", src: pictureOf(item.id)});
      image.addEventListener("error", () => image.remove());
      this.picture.append(image);
    }
  }
}

/** The rows of a table's body. */
export class Rows {
  constructor(body, actions, say) {
    this.body = body;
    this.actions = actions;
    this.say = say;
    this.known = new Map();
  }

  /** Shows these, in this order. */
  show(items, language) {
    const wanted = new Set(items.map((item) => item.key));
    for (const [key, row] of this.known) {
      if (!wanted.has(key)) {
        row.tr.remove();
        this.known.delete(key);
      }
    }
    let at = this.body.firstChild;
    for (const item of items) {
      let row = this.known.get(item.key);
      if (!row) {
        row = new Row(item.key, this.actions, this.say);
        this.known.set(item.key, row);
      }
      row.show(item, language);
      if (row.tr === at) at = at.nextSibling;
      else this.body.insertBefore(row.tr, at);
    }
  }

  /** Those that are chosen, in the order in which they stand. */
  chosen() {
    return [...this.known.values()]
      .filter((row) => row.choose.checked && !row.choose.disabled)
      .map((row) => row.item);
  }

  /** Chooses all that are shown, or none. */
  chooseAll(checked) {
    for (const row of this.known.values()) row.choose.checked = checked && !row.choose.disabled;
  }
}
