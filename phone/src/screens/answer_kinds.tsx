/** Answers by choice, by date, by barcode and by a drawn signature. */
import { useEffect, useRef, useState } from "preact/hooks";
import { giveChosen, giveDay, giveText, type Question, theAnswer } from "../deeds/answering";
import { addPhotos } from "../deeds/photographing";
import type { View } from "../outbox/overlay";
import { Button } from "../parts/buttons";
import { Camera } from "../parts/camera";
import { TextField } from "../parts/fields";
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

const INK = "#10203a";
const PAPER = "#ffffff";

/** A frame to sign in; what was drawn becomes a picture of the answer and travels as photos do. */
export function SignaturePad({ question }: { question: Question }) {
  const frame = useRef<HTMLCanvasElement>(null);
  const [drawn, setDrawn] = useState(false);
  const clear = (): void => {
    const canvas = frame.current;
    const pen = canvas?.getContext("2d");
    if (!canvas || !pen) return;
    pen.fillStyle = PAPER;
    pen.fillRect(0, 0, canvas.width, canvas.height);
    setDrawn(false);
  };
  useEffect(() => {
    const canvas = frame.current;
    if (!canvas) return;
    const sharp = Math.max(1, Math.min(3, window.devicePixelRatio));
    canvas.width = Math.round(canvas.clientWidth * sharp);
    canvas.height = Math.round(canvas.clientHeight * sharp);
    clear();
  }, []);
  const draw = (event: PointerEvent): void => {
    const canvas = frame.current;
    const pen = canvas?.getContext("2d");
    if (!canvas || !pen || (event.buttons === 0 && event.type !== "pointerdown")) return;
    const factor = canvas.width / Math.max(1, canvas.clientWidth);
    const [x, y] = [event.offsetX * factor, event.offsetY * factor];
    if (event.type === "pointerdown") {
      canvas.setPointerCapture(event.pointerId);
      pen.beginPath();
      pen.moveTo(x, y);
    }
    pen.strokeStyle = INK;
    pen.lineWidth = 2.5 * factor;
    pen.lineCap = "round";
    pen.lineJoin = "round";
    pen.lineTo(x, y);
    pen.stroke();
    setDrawn(true);
  };
  const keep = async (): Promise<void> => {
    const picture = await new Promise<Blob | null>((done) => frame.current?.toBlob(done, "image/jpeg", 0.92));
    if (!picture) return;
    const asked = theAnswer(question);
    const place = { scope: asked.scope, visit: question.visit.record, subject: asked.record, before: [asked] };
    await addPhotos(place, [new File([picture], "signature.jpg", { type: "image/jpeg" })]);
    clear();
  };
  return (
    <div class="stack">
      <canvas
        ref={frame}
        class="signature-pad"
        role="img"
        aria-label={say("answer.sign_here")}
        onPointerDown={draw}
        onPointerMove={draw}
      />
      <div class="card-tools">
        <Button look="primary" disabled={!drawn} onPress={keep}>
          {say("answer.sign_keep")}
        </Button>
        <Button look="quiet" disabled={!drawn} onPress={clear}>
          {say("answer.sign_clear")}
        </Button>
      </div>
    </div>
  );
}
