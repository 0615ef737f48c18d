/** Where the data key is while the phone is unlocked, and nowhere else. */

export class VaultLocked extends Error {
  override name = "VaultLocked";
}

/** Rows opened lately, by place; a row is the same as long as its nonce is. Bounded, and gone with the key. */
interface Opened {
  nonce: string;
  text: string;
}

const MOST_REMEMBERED = 20_000;
const LONGEST_REMEMBERED = 4096;

export class Safe {
  private held: Uint8Array | null = null;
  private readonly opened = new Map<string, Opened>();

  recall(place: string, nonce: string): string | undefined {
    const found = this.opened.get(place);
    return found?.nonce === nonce ? found.text : undefined;
  }

  remember(place: string, nonce: string, text: string): void {
    if (text.length > LONGEST_REMEMBERED) return;
    this.opened.delete(place);
    this.opened.set(place, { nonce, text });
    const [oldest] = this.opened.keys();
    if (this.opened.size > MOST_REMEMBERED && oldest !== undefined) this.opened.delete(oldest);
  }

  get isOpen(): boolean {
    return this.held !== null;
  }

  /** Throws VaultLocked while nobody has given the PIN. */
  key(): Uint8Array {
    if (!this.held) throw new VaultLocked("the vault is locked");
    return this.held;
  }

  open(key: Uint8Array): void {
    this.held = key.slice();
  }

  close(): void {
    this.held?.fill(0);
    this.opened.clear();
    this.held = null;
  }
}
