// Watches a page from its first moment: what a payload would do is reported, what it would leave behind is found.
(() => {
  const report = window.reportSeen;
  const seen = (what) => report(`${location.pathname}: ${what}`);
  Object.defineProperty(window, "canary", { value: () => seen("canary"), configurable: false, writable: false });
  addEventListener("securitypolicyviolation", (event) => {
    seen(`policy: ${event.effectiveDirective} ${event.blockedURI} ${event.sample}`);
  }, true);

  const PROTOTYPES = { Object, Array, Function, String, Promise, Element, Node, Event };
  const names = () => Object.entries(PROTOTYPES).flatMap(
    ([name, maker]) => Reflect.ownKeys(maker.prototype).map((key) => `${name}.prototype.${String(key)}`));
  const globals = () => Object.getOwnPropertyNames(window).filter((name) => !/^\d+$/.test(name)).map((name) => `window.${name}`);
  const before = new Set([...names(), ...globals(), "window.watched"]);

  // Elements that the pages are built of.  Any other came out of data.
  const TAGS = new Set(`html head body meta link title script style header footer main nav section article aside div span p a ul ol li
    dl dt dd h1 h2 h3 h4 h5 h6 table thead tbody tfoot tr th td caption button form label input select option optgroup textarea fieldset
    legend img details summary dialog mark blockquote q cite code pre strong em b small time hr br svg g path rect line text circle
    polyline polygon tspan desc figure figcaption output progress search menu noscript slot template support-assistant`.split(/\s+/));

  function* elements(root) {
    for (const node of root.querySelectorAll("*")) {
      yield node;
      if (node.shadowRoot) yield* elements(node.shadowRoot);
    }
  }

  function* texts(root) {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) yield walker.currentNode.data;
    for (const node of root.querySelectorAll("*")) if (node.shadowRoot) yield* texts(node.shadowRoot);
  }

  // A name such as `constructor` that was looked up in a table shows what every object has.
  const isCode = (text) => /\[native code\]|\[object \w+\]/.test(text);

  function faults(node) {
    const found = [];
    const own = (node.getRootNode() instanceof ShadowRoot) || !("foreign" in document.documentElement.dataset);
    const tag = node.localName;
    if (own && !TAGS.has(tag)) found.push(`element <${tag}>`);
    if (own && tag === "script" && (node.text || !new URL(node.src, document.baseURI).pathname.match(/^\/(static\/[\w./-]+|widget)\.js$/))) found.push("script");
    if (own && tag === "img" && !/^\/static\/[\w.-]+$/.test(node.getAttribute("src"))) found.push("img");
    if (own && tag === "style" && node.getRootNode() === document) found.push("style");
    for (const { name, value } of node.attributes) {
      if (own && name.startsWith("on")) found.push(`<${tag} ${name}>`);
      if (own && ["href", "src", "action", "formaction", "xlink:href", "data", "srcdoc"].includes(name)
        && !/^(https?:\/\/.*|#.*|\/(?![/\\]).*|)$/is.test(value)) found.push(`<${tag} ${name}=${value}>`);
    }
    return found;
  }

  Object.defineProperty(window, "watched", {
    value: {
      // What is there now that was not when the page began: names, members of prototypes, markup out of data.
      changes() {
        const added = [...names(), ...globals()].filter((name) => !before.has(name));
        return [...added, ...[...elements(document)].flatMap(faults), ...[...texts(document)].filter(isCode)];
      },
    },
  });
})();
