// Says that files are too large before a byte of them is sent. The server refuses them too, but only once the browser has begun.

for (const input of document.querySelectorAll("input[type=file][data-largest]")) {
  input.addEventListener("change", () => {
    const bytes = [...input.files].reduce((sum, file) => sum + file.size, 0);
    input.setCustomValidity(bytes > Number(input.dataset.largest) ? input.dataset.tooLarge : "");
    input.reportValidity();
  });
}
