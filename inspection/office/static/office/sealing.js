// Seals a petitioner's identity to the office key before the form is sent. The inputs have no name, so nothing but the sealed
// box can travel; where the browser has no WebCrypto the inputs stay disabled and the form says why.

const INFO = new TextEncoder().encode("inspection sealed identity v1");
const NONCE_BYTES = 12;
const CURVE = { name: "ECDH", namedCurve: "P-256" };

function base64(bytes) {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

async function seal(officeKey, text) {
  const { kid, kty, crv, x, y } = officeKey;
  const recipient = await crypto.subtle.importKey("jwk", { kty, crv, x, y }, CURVE, false, []);
  const ephemeral = await crypto.subtle.generateKey(CURVE, false, ["deriveBits"]);
  const shared = await crypto.subtle.deriveBits({ name: "ECDH", public: recipient }, ephemeral.privateKey, 256);
  const material = await crypto.subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
  const derivation = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(0), info: INFO };
  const key = await crypto.subtle.deriveKey(derivation, material, { name: "AES-GCM", length: 256 }, false, ["encrypt"]);
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
  const content = new TextEncoder().encode(text);
  const cipher = new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv: nonce }, key, content));
  const point = new Uint8Array(await crypto.subtle.exportKey("raw", ephemeral.publicKey));
  const box = new Uint8Array(point.length + nonce.length + cipher.length);
  box.set(point, 0);
  box.set(nonce, point.length);
  box.set(cipher, point.length + nonce.length);
  return { key: kid, box: base64(box) };
}

function identityOf(parts) {
  const identity = {};
  for (const part of parts) {
    const value = part.value.trim().normalize("NFC");
    if (value) identity[part.dataset.identityPart] = value;
  }
  return identity;
}

function prepare(form) {
  if (!globalThis.crypto?.subtle) return;
  const officeKey = JSON.parse(form.dataset.sealingKey);
  const parts = [...form.querySelectorAll("[data-identity-part]")];
  const failed = form.querySelector("[data-sealing-failed]");
  form.querySelector("[data-identity]").disabled = false;
  form.querySelector("[data-sealing-missing]").hidden = true;

  form.addEventListener("submit", async (event) => {
    const identity = identityOf(parts);
    if (Object.keys(identity).length === 0) return;
    event.preventDefault();
    failed.hidden = true;
    try {
      const sealed = await seal(officeKey, JSON.stringify(identity));
      form.querySelector("[data-sealed=key]").value = sealed.key;
      form.querySelector("[data-sealed=box]").value = sealed.box;
      for (const part of parts) part.value = "";
      form.submit();
    } catch {
      failed.hidden = false;
      failed.scrollIntoView({ block: "center" });
    }
  });
}

for (const form of document.querySelectorAll("form[data-sealing-key]")) prepare(form);
