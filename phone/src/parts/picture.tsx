/** A picture out of bytes on this phone. Its address is given back when nobody looks at it any more. */
import { useEffect, useState } from "preact/hooks";

export function useAddress(blob: Blob | null): string {
  const [address, setAddress] = useState("");
  useEffect(() => {
    if (!blob) return setAddress("");
    const made = URL.createObjectURL(blob);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [blob]);
  return address;
}

export function Thumbnail({ bytes, label }: { bytes: ArrayBuffer; label: string }) {
  const [blob] = useState(() => new Blob([bytes], { type: "image/jpeg" }));
  const address = useAddress(blob);
  return address ? <img src={address} alt={label} /> : null;
}
