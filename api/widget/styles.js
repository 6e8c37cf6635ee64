// The style sheets, made once for all widgets of a page; the bundle puts their text into STYLES.

let made = null;

export function sheets() {
  made ??= STYLES.map((text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    return sheet;
  });
  return made;
}
