// A worker of this site's own bundle. Where the server's policy wants trusted types, `adil` is the one that names it.

interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL: (address: string) => string }): { createScriptURL(address: string): string };
}

/** @throws TypeError for an address of another place. */
function own(address: string): string {
  const { origin, pathname } = new URL(address, location.href);
  if (origin !== location.origin || !pathname.startsWith("/assets/")) throw new TypeError("a worker of another place");
  return address;
}

const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
const policy = trustedTypes?.createPolicy("adil", { createScriptURL: own });

export function ownWorker(address: string): Worker {
  return new Worker(policy ? policy.createScriptURL(address) : own(address), { type: "module" });
}
