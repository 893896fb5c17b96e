/** What an ISO base media file (HEIC, AVIF) says beside its pixels, without decoding any. */
export interface HeifFacts {
  /** Colour by numbers (ISO/IEC 23091-2), where the file has no ICC profile for it. */
  readonly nclx: { readonly primaries: number; readonly transfer: number } | null;
  /** Whether the file asks for its picture to be turned or mirrored. */
  readonly turned: boolean;
}

interface ByteBox {
  readonly type: string;
  readonly body: DataView;
}

function typeAt(view: DataView, at: number): string {
  return String.fromCharCode(view.getUint8(at), view.getUint8(at + 1), view.getUint8(at + 2), view.getUint8(at + 3));
}

/** Boxes directly inside a range; stops quietly at the first that does not fit (ISO/IEC 14496-12 §4.2). */
export function listBoxes(view: DataView): ByteBox[] {
  const boxes: ByteBox[] = [];
  let at = 0;
  while (at + 8 <= view.byteLength) {
    const size32 = view.getUint32(at);
    const wide = size32 === 1;
    if (wide && at + 16 > view.byteLength) break;
    const size = wide ? Number(view.getBigUint64(at + 8)) : size32 === 0 ? view.byteLength - at : size32;
    const lead = wide ? 16 : 8;
    if (size < lead || at + size > view.byteLength) break;
    boxes.push({
      type: typeAt(view, at + 4),
      body: new DataView(view.buffer, view.byteOffset + at + lead, size - lead),
    });
    at += size;
  }
  return boxes;
}

function skip(view: DataView, bytes: number): DataView {
  const from = Math.min(bytes, view.byteLength);
  return new DataView(view.buffer, view.byteOffset + from, view.byteLength - from);
}

export function findBox(view: DataView, type: string): DataView | undefined {
  return listBoxes(view).find((box) => box.type === type)?.body;
}

function readPrimaryItem(meta: DataView): number | null {
  const pitm = findBox(meta, 'pitm');
  if (pitm === undefined || pitm.byteLength < 6) return null;
  return pitm.getUint8(0) === 0 || pitm.byteLength < 8 ? pitm.getUint16(4) : pitm.getUint32(4);
}

/** Property numbers (from 1) of one item (ISO/IEC 23008-12 §9.3, ItemPropertyAssociationBox). */
function readAssociations(ipma: DataView, item: number): number[] {
  const version = ipma.getUint8(0);
  const wideIndex = (ipma.getUint8(3) & 1) === 1;
  const entries = ipma.getUint32(4);
  let at = 8;
  for (let i = 0; i < entries; i++) {
    const id = version < 1 ? ipma.getUint16(at) : ipma.getUint32(at);
    at += version < 1 ? 2 : 4;
    const count = ipma.getUint8(at++);
    const numbers = Array.from({ length: count }, (_, j) =>
      wideIndex ? ipma.getUint16(at + 2 * j) & 0x7fff : ipma.getUint8(at + j) & 0x7f,
    );
    if (id === item) return numbers;
    at += count * (wideIndex ? 2 : 1);
  }
  return [];
}

function readProperties(meta: DataView, item: number): ByteBox[] {
  const iprp = findBox(meta, 'iprp');
  const ipco = iprp && findBox(iprp, 'ipco');
  const ipma = iprp && findBox(iprp, 'ipma');
  if (ipco === undefined || ipma === undefined) return [];
  const properties = listBoxes(ipco);
  return readAssociations(ipma, item).flatMap((number) => properties[number - 1] ?? []);
}

/** Reads the `meta` box; what is missing or damaged reads as absent. */
export function readHeifFacts(file: Uint8Array): HeifFacts {
  const nothing: HeifFacts = { nclx: null, turned: false };
  try {
    const top = listBoxes(new DataView(file.buffer, file.byteOffset, file.byteLength));
    const metaBox = top.find((box) => box.type === 'meta')?.body;
    if (metaBox === undefined) return nothing;
    const meta = skip(metaBox, 4);
    const primary = readPrimaryItem(meta);
    if (primary === null) return nothing;
    const properties = readProperties(meta, primary);
    const nclx = properties.find((box) => box.type === 'colr' && typeAt(box.body, 0) === 'nclx')?.body;
    return {
      nclx: nclx === undefined ? null : { primaries: nclx.getUint16(4), transfer: nclx.getUint16(6) },
      turned: properties.some(({ type, body }) => (type === 'irot' && (body.getUint8(0) & 3) !== 0) || type === 'imir'),
    };
  } catch {
    return nothing;
  }
}
