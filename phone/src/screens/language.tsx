/** Choosing the language and the appearance; both are remembered on this phone. */
import { effect, signal } from "@preact/signals";
import { Choices } from "../parts/fields";
import { type Language, language, say, speak } from "../words/index";

export const THEMES = ["auto", "light", "dark", "contrast"] as const;
type Theme = (typeof THEMES)[number];

const LANGUAGE = "inspection.language";
const THEME = "inspection.theme";

export const theme = signal<Theme>("auto");

/** Takes up what was chosen before, and writes down each new choice. */
export async function rememberChoices(): Promise<void> {
  if (localStorage.getItem(LANGUAGE) === "en") await speak("en").catch(() => undefined);
  const chosen = THEMES.find((each) => each === localStorage.getItem(THEME));
  if (chosen) theme.value = chosen;
  effect(() => {
    localStorage.setItem(LANGUAGE, language.value);
    document.documentElement.lang = language.value;
  });
  effect(() => {
    localStorage.setItem(THEME, theme.value);
    document.documentElement.dataset.theme = theme.value;
  });
}

const LANGUAGES = [
  { value: "vi", label: "Tiếng Việt" },
  { value: "en", label: "English" },
];

export function LanguageChoice() {
  return (
    <Choices
      label={say("settings.language")}
      value={language.value}
      options={LANGUAGES}
      onChange={(value) => void speak(value as Language)}
    />
  );
}

export function ThemeChoice() {
  return (
    <Choices
      label={say("settings.theme")}
      value={theme.value}
      options={THEMES.map((each) => ({ value: each, label: say(`settings.theme.${each}`) }))}
      onChange={(value) => {
        theme.value = value as Theme;
      }}
    />
  );
}
