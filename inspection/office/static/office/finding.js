// Finds while somebody types, and leaves the rest of the form as it is. Without this script the button sends the form, and
// the page comes back with what was found.

const PAUSE = 300;

for (const field of document.querySelectorAll("[data-find]")) {
  const words = field.querySelector("input[type=search]");
  const button = field.querySelector("button");
  const found = field.querySelector("[data-found]");
  let timer = 0;
  let newest = 0;

  async function find() {
    clearTimeout(timer);
    const asked = ++newest;
    const chosen = found.querySelector("input:checked")?.value ?? "";
    const answer = await fetch(`${field.dataset.find}?${new URLSearchParams({ words: words.value, chosen })}`);
    if (!answer.ok || answer.redirected || asked !== newest) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (asked === newest) found.replaceChildren(...fresh.body.childNodes);
  }

  button.type = "button";
  button.addEventListener("click", find);
  words.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(find, PAUSE);
  });
  words.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    find();
  });
}
