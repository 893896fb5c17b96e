import { catalogFilesTexts } from '../../language/texts/catalogFiles.ts';
import { catalogProblemsTexts } from '../../language/texts/catalogProblems.ts';

export interface XmlElement {
  /** Name without its namespace prefix. */
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** Text directly inside, without that of the children. */
  readonly text: string;
}

/** Text that is not well-formed, or asks for what is refused. */
export class XmlError extends Error {}

const MAX_DEPTH = 64;
const MAX_ELEMENTS = 1_000_000;
const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
const NAME = /[\p{L}_][\p{L}\p{N}_.\-·]*(?::[\p{L}_][\p{L}\p{N}_.\-·]*)?/uy;
const ATTRIBUTE = /\s+([\p{L}_][\p{L}\p{N}_.\-·:]*)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/uy;
const TAG_END = /\s*(\/?)>/y;
const CLOSING_END = /\s*>/y;

interface Open {
  readonly qualified: string;
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: XmlElement[];
  text: string;
}

/** The five named references and numbers of allowed characters; no others exist without a DTD, which is refused. */
function resolveReferences(text: string): string {
  if (!text.includes('&')) return text;
  return text.replaceAll(/&(?:#(\d{1,7})|#x([\da-fA-F]{1,6})|(\w+));|&/g, (all, decimal, hex, name) => {
    const code = decimal ? Number(decimal) : hex ? Number.parseInt(hex, 16) : undefined;
    const allowed = code === 9 || code === 10 || code === 13 || (code !== undefined && code >= 32 && code <= 0x10ffff);
    if (allowed && !(code >= 0xd800 && code <= 0xdfff)) return String.fromCodePoint(code);
    const known = name === undefined ? undefined : NAMED[name];
    if (known === undefined) throw new XmlError(catalogFilesTexts.unknownReference(all));
    return known;
  });
}

const localName = (qualified: string): string => qualified.slice(qualified.indexOf(':') + 1);

/** One pass over the text, without recursion: depth costs no stack. */
class XmlReader {
  readonly #text: string;
  #at = 0;
  #elements = 0;
  readonly #open: Open[] = [];
  #root: XmlElement | undefined;

  constructor(text: string) {
    this.#text = text.replaceAll(/\r\n?/g, '\n');
  }

  read(): XmlElement {
    while (this.#at < this.#text.length) {
      const next = this.#text.indexOf('<', this.#at);
      this.#characters(this.#text.slice(this.#at, next === -1 ? undefined : next));
      if (next === -1) break;
      this.#at = next;
      this.#markup();
    }
    if (this.#open.length > 0) throw new XmlError(catalogFilesTexts.noEndOf(this.#open.at(-1)!.qualified));
    if (this.#root === undefined) throw new XmlError(catalogFilesTexts.noElement);
    return this.#root;
  }

  #characters(text: string): void {
    const parent = this.#open.at(-1);
    if (parent !== undefined) parent.text += resolveReferences(text);
    else if (text.trim() !== '') throw new XmlError(catalogFilesTexts.textOutsideTheRootElement);
  }

  #markup(): void {
    if (this.#starts('<!--')) this.#skipTo('-->');
    else if (this.#starts('<![CDATA[')) {
      const start = this.#at + 9;
      this.#skipTo(']]>');
      const parent = this.#open.at(-1);
      if (parent === undefined) throw new XmlError(catalogFilesTexts.textOutsideTheRootElement);
      parent.text += this.#text.slice(start, this.#at - 3);
    } else if (this.#starts('<!')) throw new XmlError(catalogFilesTexts.documentTypeOrEntityDeclaration);
    else if (this.#starts('<?')) this.#skipTo('?>');
    else if (this.#starts('</')) this.#endTag();
    else this.#startTag();
  }

  #starts(mark: string): boolean {
    return this.#text.startsWith(mark, this.#at);
  }

  #skipTo(mark: string): void {
    const end = this.#text.indexOf(mark, this.#at);
    if (end === -1) throw new XmlError(`no "${mark}"`);
    this.#at = end + mark.length;
  }

  #match(pattern: RegExp, expected: string): RegExpExecArray {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    if (found === null)
      throw new XmlError(
        catalogFilesTexts.expectedAfter(expected, this.#text.slice(Math.max(0, this.#at - 20), this.#at)),
      );
    this.#at = pattern.lastIndex;
    return found;
  }

  #startTag(): void {
    this.#at += 1;
    const qualified = this.#match(NAME, catalogFilesTexts.elementName)[0];
    const attributes = new Map<string, string>();
    for (ATTRIBUTE.lastIndex = this.#at; ; ) {
      const found = ATTRIBUTE.exec(this.#text);
      if (found === null) break;
      this.#at = ATTRIBUTE.lastIndex;
      const [, name, double, single] = found;
      if (attributes.has(name!)) throw new XmlError(catalogFilesTexts.attributeTwice(name));
      attributes.set(name!, resolveReferences((double ?? single)!.replaceAll(/[\t\n]/g, ' ')));
    }
    const [, closed] = this.#match(TAG_END, '">"');
    this.#elements += 1;
    if (this.#elements > MAX_ELEMENTS) throw new XmlError(catalogFilesTexts.moreThanElements(MAX_ELEMENTS));
    if (this.#open.length >= MAX_DEPTH) throw new XmlError(catalogFilesTexts.moreThanLevels(MAX_DEPTH));
    this.#open.push({ qualified, name: localName(qualified), attributes, children: [], text: '' });
    if (closed === '/') this.#close();
  }

  #endTag(): void {
    this.#at += 2;
    const [qualified] = this.#match(NAME, catalogFilesTexts.elementName);
    this.#match(CLOSING_END, '">"');
    const expected = this.#open.at(-1)?.qualified;
    if (expected !== qualified)
      throw new XmlError(catalogFilesTexts.endsWhereOther(qualified, expected ?? catalogProblemsTexts.nothing));
    this.#close();
  }

  #close(): void {
    const { name, attributes, children, text } = this.#open.pop()!;
    const element = { name, attributes, children, text };
    const parent = this.#open.at(-1);
    if (parent !== undefined) parent.children.push(element);
    else if (this.#root === undefined) this.#root = element;
    else throw new XmlError(catalogFilesTexts.twoRootElements);
  }
}

/**
 * The elements of an XML 1.0 text. Well-formedness is required; document types, and with them entities, are refused,
 * and depth and number of elements are bounded.
 * @throws XmlError saying what was found
 */
export function readXml(text: string): XmlElement {
  return new XmlReader(text).read();
}

/** First child of that name at the end of a path. */
export function childAt(element: XmlElement | undefined, ...path: readonly string[]): XmlElement | undefined {
  return path.reduce((at, name) => at?.children.find((child) => child.name === name), element);
}
