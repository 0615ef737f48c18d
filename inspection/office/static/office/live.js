// Keeps the parts of a page marked data-live as they would be if it were opened now. What a reader is using is left
// alone until the next time; a page that nobody looks at does not ask.

const EVERY = 15_000;
const SLOWEST = 120_000;

function replace(fresh) {
  for (const part of document.querySelectorAll("[data-live]")) {
    const newer = fresh.querySelector(`[data-live="${part.dataset.live}"]`);
    if (newer && newer.innerHTML !== part.innerHTML && !part.contains(document.activeElement)) {
      part.replaceChildren(...newer.childNodes);
    }
  }
}

async function follow() {
  let wait = EVERY;
  for (;;) {
    await new Promise((resume) => setTimeout(resume, wait));
    if (document.hidden) continue;
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
      if (answer.redirected) return;
      if (answer.ok) replace(new DOMParser().parseFromString(await answer.text(), "text/html"));
      wait = answer.ok ? EVERY : Math.min(wait * 2, SLOWEST);
    } catch {
      wait = Math.min(wait * 2, SLOWEST);
    }
  }
}

follow();
