"use strict";
for (const slider of document.querySelectorAll("input[data-over]")) {
  const over = document.getElementById(slider.dataset.over);
  const set = () => { over.style.opacity = slider.value / 100; };
  slider.addEventListener("input", set);
  set();
}
const table = document.getElementById("files");
if (table) {
  const body = table.tBodies[0];
  const rows = Array.from(body.rows);
  const words = document.getElementById("words");
  const label = document.getElementById("label");
  const count = document.getElementById("count");
  const texts = rows.map((row) => row.textContent.toLowerCase());
  const filter = () => {
    const wanted = words.value.toLowerCase();
    let shown = 0;
    rows.forEach((row, i) => {
      const there = texts[i].includes(wanted) && (label.value === "" || row.dataset.label === label.value);
      row.hidden = !there;
      shown += there ? 1 : 0;
    });
    count.textContent = count.dataset.text.replace("{0}", shown);
  };
  words.addEventListener("input", filter);
  label.addEventListener("change", filter);
  for (const button of table.querySelectorAll("th button")) {
    let up = true;
    button.addEventListener("click", () => {
      const column = button.closest("th").cellIndex;
      const key = (row) => row.cells[column].dataset.value ?? row.cells[column].textContent;
      const numbers = button.dataset.numbers === "true";
      const keys = new Map(rows.map((row) => [row, numbers ? parseFloat(key(row)) || -1 : key(row)]));
      rows.sort((a, b) => (numbers ? keys.get(a) - keys.get(b) : keys.get(a).localeCompare(keys.get(b))) * (up ? 1 : -1));
      body.append(...rows);
      for (const th of table.tHead.rows[0].cells) th.removeAttribute("aria-sort");
      button.closest("th").setAttribute("aria-sort", up ? "ascending" : "descending");
      up = !up;
    });
  }
  filter();
}
