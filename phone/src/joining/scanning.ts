/** Reading a QR code with the camera: by the browser's own detector, else by a reader that comes when needed. */
import { READER } from "./code_reader";

export type CameraFault = "denied" | "no_camera" | "no_reader";

export class CameraRefused extends Error {
  constructor(readonly why: CameraFault) {
    super(why);
  }
}

type Look = (video: HTMLVideoElement) => Promise<string | null>;

interface Detector {
  detect(source: HTMLVideoElement): Promise<{ rawValue: string }[]>;
}

interface DetectorClass {
  new (options: { formats: string[] }): Detector;
  getSupportedFormats(): Promise<string[]>;
}

const BETWEEN_LOOKS = 200;
const WIDEST = 1280;

/** What is looked for: the code of an invitation, or whatever is printed on goods and papers. */
export type Formats = "qr" | "any";

/** The names that a browser's own detector has for codes printed on goods. */
const PRINTED = ["qr_code", "ean_13", "ean_8", "upc_a", "upc_e", "code_128", "code_39", "itf", "data_matrix"];

/** Shows the camera in `video` and calls `onText` once with the first code seen. Answers how to stop. */
export async function scan(
  video: HTMLVideoElement,
  onText: (text: string) => void,
  formats: Formats = "qr",
): Promise<() => void> {
  const stream = await openCamera();
  let timer = 0;
  let ended = false;
  const stop = (): void => {
    ended = true;
    window.clearTimeout(timer);
    for (const track of stream.getTracks()) track.stop();
    video.srcObject = null;
  };
  try {
    video.srcObject = stream;
    await video.play();
    const look = await reader(formats);
    const again = async (): Promise<void> => {
      const text = await look(video).catch(() => null);
      if (ended) return;
      if (text) {
        stop();
        onText(text);
      } else timer = window.setTimeout(() => void again(), BETWEEN_LOOKS);
    };
    void again();
  } catch {
    stop();
    throw new CameraRefused("no_reader");
  }
  return stop;
}

async function openCamera(): Promise<MediaStream> {
  if (!navigator.mediaDevices) throw new CameraRefused("no_camera");
  try {
    return await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  } catch (fault) {
    const denied = fault instanceof DOMException && fault.name === "NotAllowedError";
    throw new CameraRefused(denied ? "denied" : "no_camera");
  }
}

async function reader(formats: Formats): Promise<Look> {
  const own = (globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector;
  const supported = own ? await own.getSupportedFormats() : [];
  const wanted = formats === "qr" ? ["qr_code"] : PRINTED;
  if (own && supported.includes(formats === "qr" ? "qr_code" : "ean_13")) {
    const detector = new own({ formats: wanted.filter((each) => supported.includes(each)) });
    return async (video) => (await detector.detect(video))[0]?.rawValue ?? null;
  }
  const { prepareZXingModule, readBarcodes } = await import("zxing-wasm/reader");
  // Left alone the library would fetch this file from somebody else's server.
  await prepareZXingModule({ overrides: { locateFile: () => READER }, fireImmediately: true });
  const canvas = document.createElement("canvas");
  return async (video) => {
    const factor = Math.min(1, WIDEST / Math.max(1, video.videoWidth));
    canvas.width = Math.round(video.videoWidth * factor);
    canvas.height = Math.round(video.videoHeight * factor);
    const drawing = canvas.getContext("2d", { willReadFrequently: true });
    if (!drawing || canvas.width === 0) return null;
    drawing.drawImage(video, 0, 0, canvas.width, canvas.height);
    const picture = drawing.getImageData(0, 0, canvas.width, canvas.height);
    return (await readBarcodes(picture, formats === "qr" ? { formats: ["QRCode"] } : {}))[0]?.text || null;
  };
}
