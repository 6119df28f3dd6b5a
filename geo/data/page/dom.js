/* Elements. Text goes in as text nodes only: nothing in this page ever writes markup from data. */
const SVG = "http://www.w3.org/2000/svg";

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(name, value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

function el(tag, attributes, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

function svg(tag, attributes, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

function byId(id) {
  return document.getElementById(id);
}

/* A link, if the address is http or https; else its text. */
function link(address, text) {
  let url = null;
  try { url = new URL(address); } catch { return el("span", {}, text); }
  if (url.protocol !== "http:" && url.protocol !== "https:") return el("span", {}, text);
  return el("a", { href: url.href, target: "_blank", rel: "noopener noreferrer" }, text);
}

function words(name) {
  return String(name ?? "").replaceAll("_", " ");
}

function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function plural(count, one, many) {
  return `${thousands(count)} ${count === 1 ? one : many}`;
}

const GROUPED = new Intl.NumberFormat("en");

function thousands(number) {
  return number > -1000 && number < 1000 ? String(number) : GROUPED.format(number);
}
