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

// Blind tokens: what two cases of one petitioner share, and nobody can read. The normal form and the rounds are those of
// inspection/complaints/marks.py.
const SALT = new TextEncoder().encode("inspection petitioner mark v1");
const ROUNDS = 200000;
const SHORTEST = 6;

function normalForm(text) {
  const plain = (text ?? "").normalize("NFKD").toLowerCase().replaceAll("đ", "d");
  return plain.replace(/[^a-z0-9]/g, "");
}

async function tokens(identity) {
  const name = normalForm(identity.name);
  const address = normalForm(identity.address);
  const forms = [name && address ? `person:${name}:${address}` : "", `contact:${normalForm(identity.contact)}`];
  const found = [];
  for (const form of forms) {
    if (form.slice(form.indexOf(":") + 1).length < SHORTEST) continue;
    const material = await crypto.subtle.importKey("raw", new TextEncoder().encode(form), "PBKDF2", false, ["deriveBits"]);
    const derivation = { name: "PBKDF2", hash: "SHA-256", salt: SALT, iterations: ROUNDS };
    const bits = new Uint8Array(await crypto.subtle.deriveBits(derivation, material, 256));
    found.push([...bits].map((byte) => byte.toString(16).padStart(2, "0")).join(""));
  }
  return found;
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
      form.querySelector("[data-sealed=marks]").value = (await tokens(identity)).join(" ");
      for (const part of parts) part.value = "";
      form.submit();
    } catch {
      failed.hidden = false;
      failed.scrollIntoView({ block: "center" });
    }
  });
}

for (const form of document.querySelectorAll("form[data-sealing-key]")) prepare(form);
