/** A pad of large keys for one hand. It writes what a person writes: digits and the decimal mark of the language. */
import "../look/measuring.css";
import { language, say } from "../words/index";

const KEYS = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];
const LONGEST = 12;

interface NumberPadProps {
  label: string;
  value: string;
  /** Changes what stands on the pad by then: two quick keys may come before the screen is drawn again. */
  onInput: (change: (value: string) => string) => void;
  onRecord: () => unknown;
  record: string;
}

export function NumberPad({ label, value, onInput, onRecord, record }: NumberPadProps) {
  const mark = language.value === "vi" ? "," : ".";
  const press = (key: string): void =>
    onInput((standing) => {
      const misplaced = key === mark && (standing.includes(mark) || standing === "");
      return misplaced || standing.length >= LONGEST ? standing : standing + key;
    });
  return (
    <div class="pad">
      <output class="pad-value" aria-label={label}>
        {value || <span class="faint">{label}</span>}
      </output>
      <div class="pad-keys">
        {[...KEYS, mark, "0"].map((key) => (
          <button key={key} type="button" class="pad-key" onClick={() => press(key)}>
            {key}
          </button>
        ))}
        <button
          type="button"
          class="pad-key"
          aria-label={say("package.erase")}
          onClick={() => onInput((standing) => standing.slice(0, -1))}
        >
          ⌫
        </button>
      </div>
      <button type="button" class="button primary wide pad-record" disabled={value === ""} onClick={() => void onRecord()}>
        {record}
      </button>
    </div>
  );
}
