/** The element of index.html with this id. */
export const byId = <E extends HTMLElement = HTMLElement>(id: string): E => {
  const element = document.getElementById(id);
  if (!element) throw new Error(`index.html has no #${id}`);
  return element as E;
};

/** A new element with text and classes. */
export const make = <K extends keyof HTMLElementTagNameMap>(
  tag: K,
  text = '',
  className = '',
): HTMLElementTagNameMap[K] => {
  const element = document.createElement(tag);
  element.textContent = text;
  if (className) element.className = className;
  return element;
};

/** Sets a text, if it is another one: what does not change is not announced or painted. */
export const say = (element: HTMLElement, text: string): void => {
  if (element.textContent !== text) element.textContent = text;
};
