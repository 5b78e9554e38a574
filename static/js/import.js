/* Files dropped on the page land in the file field; the form then works as it does without this. */

const place = document.querySelector("[data-drop]");
const field = place.querySelector('input[type="file"]');
const list = place.querySelector(".drop-list");
const notice = place.querySelector('[role="alert"]');
const most = { files: Number(place.dataset.mostFiles), each: Number(place.dataset.mostEach), text: Number(place.dataset.mostText), all: Number(place.dataset.mostAll) };
place.querySelector(".drop-hint").hidden = false;

const size = (bytes) => (bytes < 1024 ? `${bytes} bytes` : bytes < 1048576 ? `${Math.round(bytes / 1024)} kB` : `${(bytes / 1048576).toFixed(1)} MB`);

/* A text is all text; of another file only a part is; an archive holds many. */
const endings = (list) => (list ?? "").split(",").filter(Boolean);
const [texts, archives] = [endings(place.dataset.texts), endings(place.dataset.archives)];
const isOf = (file, list) => list.some((ending) => file.name.toLowerCase().endsWith(ending));
const mostOf = (file) => (isOf(file, archives) ? most.all : isOf(file, texts) ? most.text : most.each);

/* The server refuses what is too much as well, but only once all of it was sent. */
function tooMuch(files) {
  const total = files.reduce((sum, file) => sum + file.size, 0);
  if (files.length > most.files) return `These are ${files.length} files; at most ${most.files} go at once.`;
  if (total > most.all) return `${files.length === 1 ? "This is" : "These are"} ${size(total)}; at most ${size(most.all)} go at once.`;
  return "";
}

function show() {
  const refusal = tooMuch([...field.files]);
  field.setCustomValidity(refusal);
  notice.textContent = refusal;
  notice.hidden = !refusal;
  list.replaceChildren(
    ...[...field.files].map((file) => {
      const line = document.createElement("li");
      const name = document.createElement("bdi");
      const weight = document.createElement("small");
      name.textContent = file.name;
      weight.textContent = file.size > mostOf(file) ? `${size(file.size)}, too large: at most ${size(mostOf(file))}` : size(file.size);
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
