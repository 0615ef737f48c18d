/** A signature drawn with a finger: kept as lines of points in a box 1000 wide and 400 high, never as an image. */
import { useRef, useState } from "preact/hooks";
import { Button } from "../parts/buttons";
import { say } from "../words/index";

export type Strokes = number[][];

const WIDTH = 1000;
const HEIGHT = 400;
const MOST_NUMBERS = 4000;
const NEAR = 6;

export function pathOf(strokes: Strokes): string {
  return strokes
    .filter((line) => line.length >= 2)
    .map((line) => {
      const points: string[] = [];
      for (let at = 0; at + 1 < line.length; at += 2) points.push(`${line[at]} ${line[at + 1]}`);
      return `M${points.join("L")}${points.length === 1 ? `L${points[0]}` : ""}`;
    })
    .join("");
}

export function Drawing({ strokes, label }: { strokes: Strokes; label: string }) {
  return (
    <svg class="drawn" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
      <path d={pathOf(strokes)} />
    </svg>
  );
}

interface PadProps {
  label: string;
  strokes: Strokes;
  onDraw: (strokes: Strokes) => void;
}

export function SignaturePad({ label, strokes, onDraw }: PadProps) {
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
      <span class="pad-label">{label}</span>
      <svg
        ref={box}
        class="pad"
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
      <div class="pad-foot">
        <span class="hint">{say("minutes.pad.hint")}</span>
        {strokes.length > 0 && (
          <Button look="quiet" onPress={() => onDraw([])}>
            {say("minutes.pad.clear")}
          </Button>
        )}
      </div>
    </div>
  );
}
