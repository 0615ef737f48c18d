/** From a PIN to the key that wraps the data key: PBKDF2-HMAC-SHA256, as slow as this phone bears. */

export interface Wrapping {
  salt: Uint8Array;
  iterations: number;
  nonce: Uint8Array;
  wrapped: Uint8Array;
}

export const SHORTEST_PIN = 6;
export const LONGEST_PIN = 32;

/** OWASP's least for PBKDF2-HMAC-SHA256 (Password Storage Cheat Sheet). */
const LEAST_ITERATIONS = 600_000;
const MOST_ITERATIONS = 4_000_000;
const AIMED_MILLISECONDS = 400;
const TRIAL = 100_000;

export type PinFault = "short" | "digits" | "guessable";

/** Why a PIN is no good; null when it is. Only digits, none that whoever finds a phone tries first. */
export function pinFault(pin: string): PinFault | null {
  if (!/^\d*$/.test(pin)) return "digits";
  if (pin.length < SHORTEST_PIN) return "short";
  const steps = new Set([...pin].slice(1).map((digit, at) => (Number(digit) - Number(pin[at]) + 10) % 10));
  const step = steps.size === 1 ? [...steps][0] : undefined;
  if (step === 0 || step === 1 || step === 9) return "guessable";
  return /^(\d{2})\1+$/.test(pin) || /^(\d{3})\1+$/.test(pin) ? "guessable" : null;
}

export async function measuredIterations(now: () => number): Promise<number> {
  const began = now();
  await derive("000000", new Uint8Array(16), TRIAL);
  const taken = Math.max(1, now() - began);
  const wished = Math.round((TRIAL * AIMED_MILLISECONDS) / taken);
  return Math.min(MOST_ITERATIONS, Math.max(LEAST_ITERATIONS, wished));
}

export async function wrap(pin: string, key: Uint8Array, iterations: number): Promise<Wrapping> {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const nonce = crypto.getRandomValues(new Uint8Array(12));
  const wrapping = await derive(pin, salt, iterations);
  const wrapped = await crypto.subtle.encrypt({ name: "AES-GCM", iv: nonce }, wrapping, key.slice());
  return { salt, iterations, nonce, wrapped: new Uint8Array(wrapped) };
}

/** The data key, or null when the PIN is another. */
export async function unwrap(pin: string, wrapping: Wrapping): Promise<Uint8Array | null> {
  const key = await derive(pin, wrapping.salt, wrapping.iterations);
  try {
    const iv = wrapping.nonce.slice();
    return new Uint8Array(
      await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, wrapping.wrapped.slice()),
    );
  } catch {
    return null;
  }
}

async function derive(pin: string, salt: Uint8Array, iterations: number) {
  const { subtle } = crypto;
  const material = await subtle.importKey("raw", new TextEncoder().encode(pin), "PBKDF2", false, ["deriveKey"]);
  const derivation = { name: "PBKDF2", hash: "SHA-256", salt: salt.slice(), iterations };
  return subtle.deriveKey(derivation, material, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}
