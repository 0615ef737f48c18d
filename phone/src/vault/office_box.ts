/**
 * Sealing to the office's recovery key: the same box that identities are sealed in, see the server's
 * `inspection/complaints/sealing.py`, with a purpose of its own.
 */
export interface OfficeKey {
  kid: string;
  kty: string;
  crv: string;
  x: string;
  y: string;
}

export interface OfficeBox {
  key: string;
  /** Base64 of: ephemeral public point, 65 bytes ‖ nonce, 12 bytes ‖ AES-256-GCM ciphertext with its tag. */
  box: string;
}

const PURPOSE = "inspection phone recovery v1";
const CURVE = { name: "ECDH", namedCurve: "P-256" };

export function base64(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 0x8000)
    text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
}

export async function sealToOffice(office: OfficeKey, content: Uint8Array): Promise<OfficeBox> {
  const { kty, crv, x, y } = office;
  const { subtle } = crypto;
  const recipient = await subtle.importKey("jwk", { kty, crv, x, y }, CURVE, false, []);
  const own = await subtle.generateKey(CURVE, false, ["deriveBits"]);
  const shared = await subtle.deriveBits({ name: "ECDH", public: recipient }, own.privateKey, 256);
  const material = await subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
  const derivation = {
    name: "HKDF",
    hash: "SHA-256",
    salt: new Uint8Array(),
    info: new TextEncoder().encode(PURPOSE),
  };
  const key = await subtle.deriveKey(derivation, material, { name: "AES-GCM", length: 256 }, false, ["encrypt"]);
  const nonce = crypto.getRandomValues(new Uint8Array(12));
  const sealed = await subtle.encrypt({ name: "AES-GCM", iv: nonce }, key, content.slice());
  const point = await subtle.exportKey("raw", own.publicKey);
  const parts = [new Uint8Array(point), nonce, new Uint8Array(sealed)];
  return { key: office.kid, box: base64(new Uint8Array(parts.flatMap((part) => [...part]))) };
}
