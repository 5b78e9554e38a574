/* Files dropped on the page land in the file field; the form then works as it does without this. */

const place = document.querySelector("[data-drop]");
const field = place.querySelector('input[type="file"]');
const list = place.querySelector(".drop-list");
place.querySelector(".drop-hint").hidden = false;

const size = (bytes) => (bytes < 1000 ? `${bytes} bytes` : bytes < 1e6 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1e6).toFixed(1)} MB`);

function show() {
  list.replaceChildren(
    ...[...field.files].map((file) => {
      const line = document.createElement("li");
      const name = document.createElement("bdi");
      const weight = document.createElement("small");
      name.textContent = file.name;
      weight.textContent = size(file.size);
      line.append(name, weight);
      return line;
    }),
  );
  list.hidden = field.files.length === 0;
}

const carries = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
for (const name of ["dragenter", "dragover"]) {
  document.addEventListener(name, (event) => {
    if (!carries(event)) return;
    event.preventDefault();
    place.classList.add("over");
  });
}
document.addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) place.classList.remove("over");
});
document.addEventListener("drop", (event) => {
  if (!carries(event)) return;
  event.preventDefault();
  place.classList.remove("over");
  field.files = event.dataTransfer.files;
  show();
});
field.addEventListener("change", show);
show();
