/** A box to draw in with a finger. */
import { useRef, useState } from "preact/hooks";
import "../look/drawing.css";
import { say } from "../words/index";
import "../words/visits";
import { Button } from "./buttons";
import { HEIGHT, pathOf, type Strokes, WIDTH } from "./strokes";

const MOST_NUMBERS = 4000;
const NEAR = 6;

export function Drawing({ strokes, label }: { strokes: Strokes; label: string }) {
  return (
    <svg class="drawn" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
      <path d={pathOf(strokes)} />
    </svg>
  );
}

const INK = "#10203a";
const PAPER = "#ffffff";
const LINE = 9;

/** What was drawn as a picture, for where a photo is asked for; null when the browser makes none. */
export function pictureOf(strokes: Strokes): Promise<Blob | null> {
  const canvas = document.createElement("canvas");
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  const pen = canvas.getContext("2d");
  if (!pen) return Promise.resolve(null);
  pen.fillStyle = PAPER;
  pen.fillRect(0, 0, WIDTH, HEIGHT);
  pen.strokeStyle = INK;
  pen.lineWidth = LINE;
  pen.lineCap = "round";
  pen.lineJoin = "round";
  pen.stroke(new Path2D(pathOf(strokes)));
  return new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.92));
}

interface PadProps {
  label: string;
  strokes: Strokes;
  onDraw: (strokes: Strokes) => void;
}

export function DrawingPad({ label, strokes, onDraw }: PadProps) {
  const box = useRef<SVGSVGElement>(null);
  const line = useRef<number[] | null>(null);
  const [drawing, setDrawing] = useState<number[]>([]);

  const point = (event: PointerEvent): [number, number] => {
    const frame = box.current?.getBoundingClientRect();
    if (!frame || frame.width === 0) return [0, 0];
    const within = (value: number, most: number): number => Math.min(most, Math.max(0, Math.round(value)));
    return [
      within(((event.clientX - frame.left) / frame.width) * WIDTH, WIDTH),
      within(((event.clientY - frame.top) / frame.height) * HEIGHT, HEIGHT),
    ];
  };
  const begin = (event: PointerEvent): void => {
    if (strokes.flat().length >= MOST_NUMBERS) return;
    event.preventDefault();
    box.current?.setPointerCapture(event.pointerId);
    line.current = point(event);
    setDrawing([...line.current]);
  };
  const go = (event: PointerEvent): void => {
    const known = line.current;
    if (!known || known.length >= MOST_NUMBERS) return;
    const [x, y] = point(event);
    const [lastX = 0, lastY = 0] = known.slice(-2);
    if (Math.abs(x - lastX) + Math.abs(y - lastY) < NEAR) return;
    known.push(x, y);
    setDrawing([...known]);
  };
  const end = (): void => {
    if (line.current) onDraw([...strokes, line.current]);
    line.current = null;
    setDrawing([]);
  };

  return (
    <div class="field">
      <span class="drawing-label">{label}</span>
      <svg
        ref={box}
        class="drawing"
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={label}
        onPointerDown={begin}
        onPointerMove={go}
        onPointerUp={end}
        onPointerCancel={end}
      >
        <path d={pathOf(drawing.length > 0 ? [...strokes, drawing] : strokes)} />
      </svg>
      <div class="drawing-foot">
        <span class="hint">{say("drawing.hint")}</span>
        {strokes.length > 0 && (
          <Button look="quiet" onPress={() => onDraw([])}>
            {say("drawing.clear")}
          </Button>
        )}
      </div>
    </div>
  );
}
