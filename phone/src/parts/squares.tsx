/** A square code (QR). Always dark on white, whatever the theme: scanners expect it. */
import "../look/photos.css";
import { encode } from "uqr";

export function Squares({ content, label, ecc = "L" }: { content: string; label: string; ecc?: "L" | "M" }) {
  const { data, size } = encode(content, { ecc, border: 4 });
  const shape = data
    .flatMap((row, top) => row.map((dark, left) => (dark ? `M${left} ${top}h1v1h-1z` : "")))
    .join("");
  return (
    <svg class="squares" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label}>
      <rect width={size} height={size} fill="#fff" />
      <path d={shape} fill="#000" shape-rendering="crispEdges" />
    </svg>
  );
}
