// What somebody with a keyboard alone sees of a page. These functions run in the page, so that each stands by itself.

/** Where the focus is, seen from the element that is wanted. */
export interface Sight {
  /** The moment at which the document began: every document has another one. */
  document: number;
  /** The wanted element has the focus. */
  isThere: boolean;
  /** The wanted element is no longer on the page. */
  isGone: boolean;
  /** Nothing has the focus. */
  isLost: boolean;
  /** What has the focus, for people. */
  focused: string;
  /** What is wrong with how it shows the focus; empty where nothing is. */
  fault: string;
  /** The key that leads towards the wanted element. */
  key: "Tab" | "Shift+Tab" | "ArrowDown" | "ArrowUp";
}

export function lookAt(wanted: Element): Sight {
  const active = document.activeElement;
  const isLost = active === null || active === document.body;
  const isBehind = !isLost && (active.compareDocumentPosition(wanted) & Node.DOCUMENT_POSITION_PRECEDING) !== 0;
  const isRadio = (element: Element | null): element is HTMLInputElement => element instanceof HTMLInputElement && element.type === "radio";
  const isInGroup = isRadio(active) && isRadio(wanted) && active.name === wanted.name && active.form === wanted.form;
  return {
    document: performance.timeOrigin,
    isThere: active === wanted,
    isGone: !wanted.isConnected,
    isLost,
    focused: isLost ? "nothing" : named(active),
    fault: isLost ? "" : faultOf(active),
    key: isInGroup ? (isBehind ? "ArrowUp" : "ArrowDown") : isBehind ? "Shift+Tab" : "Tab",
  };

  function named(element: Element): string {
    const label = element instanceof HTMLInputElement ? element.labels?.[0]?.textContent : undefined;
    const name = element.getAttribute("aria-label") ?? label ?? element.textContent ?? "";
    return `${element.localName}${element.id && `#${element.id}`} "${name.trim().replace(/\s+/g, " ").slice(0, 40)}"`;
  }

  function faultOf(element: Element): string {
    // A link leads here past the header; what is shown next is the page.
    if (element.localName === "main") return "";
    const TARGET = 24;
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
    const isShown = (outlineStyle !== "none" && parseFloat(outlineWidth) >= 1) || boxShadow !== "none";
    if (!isShown) return `the focus is not seen on ${named(element)}`;
    // All of it, or of a large one as much as a target has at least (WCAG 2.5.8): browsers scroll to the caret of a text.
    const { left, right, top, bottom, width, height } = element.getBoundingClientRect();
    const { clientWidth, clientHeight } = document.documentElement;
    const seenWidth = Math.min(right, clientWidth) - Math.max(left, 0);
    const seenHeight = Math.min(bottom, clientHeight) - Math.max(top, 0);
    const isInSight = width > 0 && height > 0 && seenWidth >= Math.min(width, TARGET) - 1 && seenHeight >= Math.min(height, TARGET) - 1;
    return isInSight ? "" : `${named(element)} has the focus, and is not in sight: ${JSON.stringify({ left, right, top, bottom })}`;
  }
}

/** The key that presses an element, and whether that leads to another page. */
export function pressingOf(element: Element): { key: "Enter" | "Space"; leaves: boolean } {
  if (element instanceof HTMLAnchorElement) {
    const isHere = element.hash !== "" && element.pathname === location.pathname && element.search === location.search;
    return { key: "Enter", leaves: !element.hasAttribute("download") && !isHere };
  }
  // Forms that scripts answer have no method.
  if (element instanceof HTMLButtonElement && element.type === "submit") {
    return { key: "Enter", leaves: element.form?.hasAttribute("method") ?? false };
  }
  return { key: "Space", leaves: false };
}
