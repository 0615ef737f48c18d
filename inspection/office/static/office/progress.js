// Asks how far a report is until it is done or has failed, then shows the page that says so.

const EVERY = 1000;
const SLOWEST = 8000;

async function follow(place) {
  const bar = place.querySelector("progress");
  const words = place.querySelector("[data-progress-words]");
  let wait = EVERY;
  for (;;) {
    await new Promise((resume) => setTimeout(resume, wait));
    try {
      const answer = await fetch(place.dataset.progress, { headers: { Accept: "application/json" } });
      if (!answer.ok || answer.redirected) {
        location.reload();
        return;
      }
      const report = await answer.json();
      if (report.finished) {
        location.reload();
        return;
      }
      bar.value = report.progress;
      words.textContent = report.words;
      wait = EVERY;
    } catch {
      wait = Math.min(wait * 2, SLOWEST);
    }
  }
}

for (const place of document.querySelectorAll("[data-progress]")) follow(place);
