/** Finding an establishment while typing, with or without diacritics. */
import { signal } from "@preact/signals";
import { useEffect, useRef, useState } from "preact/hooks";
import { ButtonLink } from "../parts/buttons";
import { ForwardIcon, PlusIcon, SearchIcon } from "../parts/icons";
import { Empty } from "../parts/pieces";
import { to } from "../parts/route";
import { Screen } from "../parts/screen";
import { type Place, places } from "../records/establishments";
import { writeNumber } from "../words/figures";
import { say, sayNamed } from "../words/index";
import "../words/visits";

const MOST_SHOWN = 40;
/** As many as a screen holds are drawn with the key that was pressed, the others once typing pauses. */
const AT_ONCE = 10;
const PAUSE = 250;

/** Kept while the app is open, so that coming back from an establishment finds the list as it was. */
const query = signal("");

export function Find() {
  const field = useRef<HTMLInputElement>(null);
  const index = places.value;
  const typed = query.value.trim();
  const found = index && typed ? index.find(typed, MOST_SHOWN) : [];
  const drawn = usePaused(typed) ? found : found.slice(0, AT_ONCE);
  useEffect(() => field.current?.focus(), []);
  return (
    <Screen title={say("find.title")}>
      <div class="search-box">
        <SearchIcon />
        <input
          ref={field}
          type="search"
          aria-label={say("find.label")}
          placeholder={say("find.placeholder")}
          autocomplete="off"
          autocapitalize="none"
          spellcheck={false}
          enterkeyhint="search"
          value={query.value}
          onInput={(event) => {
            query.value = event.currentTarget.value;
          }}
        />
      </div>
      <p class="hint" role="status">
        {typed
          ? say("find.results", { count: found.length === MOST_SHOWN ? `${MOST_SHOWN}+` : found.length })
          : index
            ? say("find.count", { count: writeNumber(index.size) })
            : say("find.reading")}
      </p>
      {index?.size === 0 && !typed && <Empty>{say("find.empty")}</Empty>}
      {index && index.size > 0 && !typed && (
        <Empty mark={<SearchIcon size={36} />}>{say("find.nearby")}</Empty>
      )}
      {index && typed && found.length === 0 && <Empty>{say("find.nothing")}</Empty>}
      <ul class="list">
        {/* A row keeps its place and changes its words, which is less work for the phone than new rows. */}
        {drawn.map((place, at) => (
          <PlaceRow key={at} place={place} />
        ))}
      </ul>
      <div class="stack">
        <ButtonLink href={to("establishment", "new")} wide>
          <PlusIcon /> {say("find.add")}
        </ButtonLink>
      </div>
    </Screen>
  );
}

/** Whether nothing was typed for a moment; coming back to the screen counts as such. */
function usePaused(typed: string): boolean {
  const [paused, setPaused] = useState(typed);
  useEffect(() => {
    const timer = window.setTimeout(() => setPaused(typed), PAUSE);
    return () => window.clearTimeout(timer);
  }, [typed]);
  return paused === typed;
}

export function PlaceRow({ place }: { place: Place }) {
  return (
    <li>
      <a class="row" href={to("establishment", place.id)}>
        <span class="grow">
          <strong>{place.name}</strong>
          {place.address && <span class="faint">{place.address}</span>}
          <span class="faint">
            {[sayNamed("establishment.type", place.type, ""), place.owner].filter(Boolean).join(" · ")}
          </span>
        </span>
        <ForwardIcon />
      </a>
    </li>
  );
}
