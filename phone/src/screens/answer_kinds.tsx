/** Answers by choice, by date, by barcode and by a drawn signature. */
import { useState } from "preact/hooks";
import { giveChosen, giveDay, giveText, type Question, theAnswer } from "../deeds/answering";
import { addPhotos } from "../deeds/photographing";
import type { View } from "../outbox/overlay";
import { Button } from "../parts/buttons";
import { Camera } from "../parts/camera";
import { DrawingPad, pictureOf } from "../parts/drawing_pad";
import { TextField } from "../parts/fields";
import type { Strokes } from "../parts/strokes";
import type { Item } from "../records/checklists";
import { text, texts } from "../records/reader";
import { writeDecimal } from "../words/figures";
import { inLanguage, say } from "../words/index";
import { Words } from "./answer_parts";

interface AnswerProps {
  question: Question;
  item: Item;
  answer: View | undefined;
}

export function Chosen({ question, item, answer }: AnswerProps) {
  const chosen = texts(answer, "chosen");
  const several = item.kind === "choices";
  const choose = (name: string): Promise<boolean> => {
    if (!several) return giveChosen(question, chosen.includes(name) ? [] : [name]);
    const next = chosen.includes(name) ? chosen.filter((each) => each !== name) : [...chosen, name];
    const order = item.options.map((option) => option.name);
    return giveChosen(question, next.sort((left, right) => order.indexOf(left) - order.indexOf(right)));
  };
  return (
    <fieldset class="choices">
      <legend>{say(several ? "answer.choices" : "answer.choice")}</legend>
      <div class="choice-row">
        {item.options.map((option) => (
          <button
            type="button"
            key={option.name}
            class="choice"
            aria-pressed={chosen.includes(option.name)}
            onClick={() => void choose(option.name)}
          >
            {inLanguage(option.label_vi, option.label_en)}
          </button>
        ))}
      </div>
    </fieldset>
  );
}

export function Day({ question, answer }: AnswerProps) {
  return (
    <TextField
      type="date"
      label={say("answer.day")}
      value={text(answer, "day")}
      onInput={() => undefined}
      onLeave={(day) => day !== text(answer, "day") && void giveDay(question, day)}
    />
  );
}

export function Barcode({ question, answer }: AnswerProps) {
  return (
    <>
      <Camera
        formats="any"
        onText={async (code) => {
          await giveText(question, "text", code.slice(0, 4000));
        }}
      />
      <Words question={question} field="text" label={say("answer.barcode")} answer={answer} />
    </>
  );
}

/** The bounds of a number in words, "" where there are none. */
export function boundsOf({ minimum, maximum, unit }: Item): string {
  const most = `${writeDecimal(maximum)} ${unit}`.trim();
  if (minimum && maximum) return say("answer.bounds", { least: writeDecimal(minimum), most });
  if (minimum) return say("answer.at_least", { least: `${writeDecimal(minimum)} ${unit}`.trim() });
  return maximum ? say("answer.at_most", { most }) : "";
}

/** A box to sign in; what was drawn becomes a picture of the answer and travels as photos do. */
export function Signed({ question }: { question: Question }) {
  const [strokes, setStrokes] = useState<Strokes>([]);
  const keep = async (): Promise<void> => {
    const picture = await pictureOf(strokes);
    if (!picture) return;
    const asked = theAnswer(question);
    const place = { scope: asked.scope, visit: question.visit.record, subject: asked.record, before: [asked] };
    await addPhotos(place, [new File([picture], "signature.jpg", { type: "image/jpeg" })]);
    setStrokes([]);
  };
  return (
    <div class="stack">
      <DrawingPad label={say("answer.sign_here")} strokes={strokes} onDraw={setStrokes} />
      <Button look="primary" disabled={strokes.length === 0} onPress={keep}>
        {say("answer.sign_keep")}
      </Button>
    </div>
  );
}
