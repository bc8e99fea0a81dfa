/** The element of a page that a script needs; undefined on pages without it. */
export function find<Type extends Element>(
  selector: string,
  type: new () => Type,
  root: ParentNode = document,
): Type | undefined {
  const element = root.querySelector(selector);
  return element instanceof type ? element : undefined;
}

/** An element with text or children. Texts are never read as markup. */
export function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  ...children: (string | Node)[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  element.append(...children);
  return element;
}
