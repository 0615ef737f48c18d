/** What was drawn with a finger: lines of points in a box 1000 wide and 400 high, x and y in turn. */
export type Strokes = number[][];

export const WIDTH = 1000;
export const HEIGHT = 400;

/** The lines as a path of SVG. */
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
