/** A photo as it travels: no larger than a document needs, upright, without what the camera adds to the file. */

const LONGEST_SIDE = 1600;
const QUALITY = 0.8;
const THUMBNAIL_SIDE = 240;

export interface Shrunk {
  bytes: ArrayBuffer;
  thumbnail: ArrayBuffer;
  sha256: string;
}

/** Throws when the browser cannot read the file as a picture. */
export async function shrink(file: Blob): Promise<Shrunk> {
  const address = URL.createObjectURL(file);
  try {
    const picture = new Image();
    picture.src = address;
    await picture.decode();
    const bytes = await drawn(picture, LONGEST_SIDE);
    return { bytes, thumbnail: await drawn(picture, THUMBNAIL_SIDE), sha256: await digest(bytes) };
  } finally {
    URL.revokeObjectURL(address);
  }
}

async function drawn(picture: HTMLImageElement, longest: number): Promise<ArrayBuffer> {
  const { naturalWidth: width, naturalHeight: height } = picture;
  const factor = Math.min(1, longest / Math.max(width, height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(width * factor));
  canvas.height = Math.max(1, Math.round(height * factor));
  const drawing = canvas.getContext("2d");
  if (!drawing) throw new Error("no canvas");
  // JPEG has no transparency: what would be clear becomes white instead of black.
  drawing.fillStyle = "#fff";
  drawing.fillRect(0, 0, canvas.width, canvas.height);
  drawing.drawImage(picture, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
  // iOS counts canvases against a small budget until they are empty.
  canvas.width = canvas.height = 0;
  if (!blob) throw new Error("no picture");
  return blob.arrayBuffer();
}

async function digest(bytes: ArrayBuffer): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
