"use strict";
for (const slider of document.querySelectorAll("input[data-over]")) {
  const over = document.getElementById(slider.dataset.over);
  const set = () => { over.style.opacity = slider.value / 100; };
  slider.addEventListener("input", set);
  set();
}
const sound = document.getElementById("sound");
for (const point of document.querySelectorAll("[data-seconds]")) {
  if (sound) {
    point.addEventListener("click", (event) => {
      event.preventDefault();
      sound.currentTime = Number(point.dataset.seconds);
      sound.play();
    });
  }
}
const table = document.getElementById("files");
if (table) {
  const body = table.tBodies[0];
  const {window: size, labels, rows} = JSON.parse(document.getElementById("rows").textContent);
  const [PATH, LABEL, PROBABILITY, REASON, PAGE, PICTURE, TEXT] = [0, 1, 2, 3, 4, 5, 6];
  const words = document.getElementById("words");
  const label = document.getElementById("label");
  const count = document.getElementById("count");
  const earlier = document.getElementById("earlier");
  const later = document.getElementById("later");
  // Made when first asked for, so that the page opens without.
  const holds = (row, wanted) => (row[TEXT] ??= (row[PATH] + " " + row[REASON]).toLowerCase()).includes(wanted);
  let found = rows;
  let first = 0;
  const cell = (tr, text, style) => {
    const td = tr.insertCell();
    td.textContent = text;
    td.className = style;
    return td;
  };
  const show = () => {
    const lines = document.createDocumentFragment();
    for (const row of found.slice(first, first + size)) {
      const tr = document.createElement("tr");
      tr.className = labels[row[LABEL]][0];
      const picture = cell(tr, "", "thumb");
      if (row[PICTURE]) {
        const img = document.createElement("img");
        img.src = row[PICTURE];
        img.alt = "";
        img.loading = "lazy";
        picture.append(img);
      }
      const name = cell(tr, row[PAGE] ? "" : row[PATH], "");
      if (row[PAGE]) {
        const link = document.createElement("a");
        link.href = row[PAGE];
        link.textContent = row[PATH];
        name.append(link);
      }
      cell(tr, labels[row[LABEL]][1], "answer-cell");
      cell(tr, row[PROBABILITY] < 0 ? "" : (row[PROBABILITY] / 10).toFixed(1) + " %", "number");
      cell(tr, row[REASON], "wide");
      lines.append(tr);
    }
    body.replaceChildren(lines);
    count.textContent = count.dataset.text.replace("{0}", found.length);
    earlier.hidden = first === 0;
    later.hidden = first + size >= found.length;
  };
  const filter = () => {
    const wanted = words.value.toLowerCase();
    const only = labels.findIndex(([code]) => code === label.value);
    found = rows.filter((row) => (only < 0 || row[LABEL] === only) && (wanted === "" || holds(row, wanted)));
    first = 0;
    show();
  };
  let waiting;
  words.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(filter, 120); });
  label.addEventListener("change", filter);
  earlier.addEventListener("click", () => { first -= size; show(); });
  later.addEventListener("click", () => { first += size; show(); });
  const keys = {1: PATH, 2: LABEL, 3: PROBABILITY, 4: REASON};
  const order = new Intl.Collator().compare;
  for (const button of table.querySelectorAll("th button")) {
    let up = true;
    button.addEventListener("click", () => {
      const th = button.closest("th");
      const key = keys[th.cellIndex];
      const compare = key === LABEL || key === PROBABILITY ? (a, b) => a[key] - b[key] : (a, b) => order(a[key], b[key]);
      rows.sort(up ? compare : (a, b) => compare(b, a));
      for (const each of table.tHead.rows[0].cells) each.removeAttribute("aria-sort");
      th.setAttribute("aria-sort", up ? "ascending" : "descending");
      up = !up;
      filter();
    });
  }
  filter();
}
