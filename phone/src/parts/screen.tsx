/** The frame of every screen: header with the way back and what is unsent, content, and the bottom bar. */
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { say } from "../words/index";
import { BackIcon, HomeIcon, OutboxIcon, SearchIcon, SettingsIcon } from "./icons";
import { path } from "./route";
import { SyncChip } from "./sync_chip";

interface ScreenProps {
  title: string;
  subtitle?: string | undefined;
  /** Where the arrow leads; a screen without it is one of the main ones. */
  back?: string;
  /** Buttons fixed at the bottom, in place of the main navigation. */
  bar?: ComponentChildren;
  children: ComponentChildren;
}

export function Screen({ title, subtitle, back, bar, children }: ScreenProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const here = path.value;
  useEffect(() => {
    document.title = `${title} · ${say("app.name")}`;
  }, [title]);
  useEffect(() => {
    window.scrollTo(0, 0);
    const chosen = document.activeElement;
    if (!(chosen instanceof HTMLInputElement)) heading.current?.focus({ preventScroll: true });
  }, [here]);
  return (
    <div class={`screen${bar || !back ? " barred" : ""}`}>
      <header class="top">
        {back ? (
          <a class="icon-button" href={back} aria-label={say("action.back")}>
            <BackIcon />
          </a>
        ) : (
          <span class="top-pad" />
        )}
        <div class="top-title">
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {subtitle && <p>{subtitle}</p>}
        </div>
        <SyncChip />
      </header>
      <main class="content">{children}</main>
      {bar ? <div class="bar">{bar}</div> : !back && <Navigation />}
    </div>
  );
}

const PLACES = [
  { href: "#/", key: "nav.home", Mark: HomeIcon },
  { href: "#/find", key: "nav.find", Mark: SearchIcon },
  { href: "#/queue", key: "nav.queue", Mark: OutboxIcon },
  { href: "#/settings", key: "nav.settings", Mark: SettingsIcon },
] as const;

function Navigation() {
  return (
    <nav class="bar navigation" aria-label={say("nav.label")}>
      {PLACES.map(({ href, key, Mark }) => (
        <a key={href} href={href} aria-current={path.value === href.slice(1) ? "page" : undefined}>
          <Mark />
          <span>{say(key)}</span>
        </a>
      ))}
    </nav>
  );
}
