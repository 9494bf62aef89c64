// Files as people hand them over: chosen, dropped, or pasted.

async function filesOf(entry) {
  if (entry.name.startsWith(".")) return [];
  if (entry.isFile) return [await new Promise((resolve, reject) => entry.file(resolve, reject))];
  const reader = entry.createReader();
  const found = [];
  // A reader tells a hundred at a time, and nothing at the end.
  for (;;) {
    const entries = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (entries.length === 0) return found;
    for (const each of entries) found.push(...(await filesOf(each)));
  }
}

async function dropped(transfer) {
  // Both are gone once the event is over: take all before the first wait.
  const handed = [...transfer.items].map((item) => {
    const entry = item.webkitGetAsEntry?.();
    return entry?.isDirectory ? entry : item.getAsFile();
  });
  const found = [];
  for (const each of handed) {
    if (each instanceof File) found.push(each);
    else if (each) found.push(...(await filesOf(each)));
  }
  return found;
}

const visible = (file) =>
  !(file.webkitRelativePath || file.name).split("/").some((part) => part.startsWith("."));

/**
 * Listens for files.
 *
 * @param zone the element that shows where to drop; the whole window takes what is dropped
 * @param inputs elements by which files are chosen
 * @param take is handed the files
 */
export function listen(zone, inputs, take) {
  for (const input of inputs) {
    input.addEventListener("change", () => {
      const files = [...input.files].filter(visible);
      input.value = "";
      take(files);
    });
  }
  const holdsFiles = (event) => event.dataTransfer?.types.includes("Files");
  window.addEventListener("dragover", (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "copy";
    zone.classList.add("over");
  });
  window.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) zone.classList.remove("over");
  });
  window.addEventListener("drop", async (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    zone.classList.remove("over");
    take(await dropped(event.dataTransfer));
  });
  window.addEventListener("paste", (event) => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length > 0) {
      event.preventDefault();
      take(files);
    }
  });
}
