/**
 * Sealing to a public key of the office, as `inspection/complaints/sealing.py` describes the box: only the holder of the
 * private key opens it, and what it was sealed for is part of the key.
 */
export interface OfficeKey {
  kid: string;
  kty: string;
  crv: string;
  x: string;
  y: string;
}

export interface OfficeBox {
  /** The `kid` of the key it was sealed to. */
  key: string;
  /** Base64 of: ephemeral public point, 65 bytes ‖ nonce, 12 bytes ‖ AES-256-GCM ciphertext with its tag. */
  box: string;
}

/** The purpose of boxes with a petitioner's identity. */
export const IDENTITY = "inspection sealed identity v1";

const CURVE = { name: "ECDH", namedCurve: "P-256" };
const NONCE_BYTES = 12;

export function base64(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 0x8000)
    text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
}

export async function sealToOffice(office: OfficeKey, content: Uint8Array, purpose: string): Promise<OfficeBox> {
  const { subtle } = crypto;
  const { kid, kty, crv, x, y } = office;
  const recipient = await subtle.importKey("jwk", { kty, crv, x, y }, CURVE, false, []);
  const ephemeral = await subtle.generateKey(CURVE, false, ["deriveBits"]);
  const shared = await subtle.deriveBits({ name: "ECDH", public: recipient }, ephemeral.privateKey, 256);
  const material = await subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
  const derivation = {
    name: "HKDF",
    hash: "SHA-256",
    salt: new Uint8Array(),
    info: new TextEncoder().encode(purpose),
  };
  const key = await subtle.deriveKey(derivation, material, { name: "AES-GCM", length: 256 }, false, ["encrypt"]);
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
  const cipher = await subtle.encrypt({ name: "AES-GCM", iv: nonce }, key, content.slice());
  const point = await subtle.exportKey("raw", ephemeral.publicKey);
  const parts = [new Uint8Array(point), nonce, new Uint8Array(cipher)];
  return { key: kid, box: base64(new Uint8Array(parts.flatMap((part) => [...part]))) };
}
