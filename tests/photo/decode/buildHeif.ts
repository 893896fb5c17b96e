export interface HeifParts {
  /** `ftyp` brand: 'heic' or 'avif'. */
  readonly brand: string;
  /** Item type: 'hvc1' or 'av01'. */
  readonly itemType: string;
  /** The whole `hvcC` or `av1C` box. */
  readonly codecConfig: Buffer;
  readonly coded: Buffer;
  readonly widthPx: number;
  readonly heightPx: number;
}

export interface HeifOptions {
  /** Quarter turns anticlockwise (`irot`). */
  readonly quarterTurns?: number;
  /** `imir` axis. */
  readonly mirror?: 0 | 1;
  readonly icc?: Uint8Array;
  readonly nclx?: { primaries: number; transfer: number; matrix: number };
  /** An EXIF block, as phones add beside `irot`. */
  readonly exif?: Buffer;
}

function u16(value: number): Buffer {
  const out = Buffer.alloc(2);
  out.writeUInt16BE(value);
  return out;
}

function u32(value: number): Buffer {
  const out = Buffer.alloc(4);
  out.writeUInt32BE(value);
  return out;
}

function box(type: string, ...parts: Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  return Buffer.concat([u32(body.length + 8), Buffer.from(type, 'latin1'), body]);
}

function fullBox(type: string, version: number, flags: number, ...parts: Uint8Array[]): Buffer {
  return box(type, u32(version * 2 ** 24 + flags), ...parts);
}

/** Takes the coded picture out of a file with a single item. */
export function takeHeifApart(file: Buffer, widthPx: number, heightPx: number): HeifParts {
  const isHevc = file.includes('hvcC');
  const configAt = file.indexOf(isHevc ? 'hvcC' : 'av1C') - 4;
  const mdatAt = file.indexOf('mdat') - 4;
  return {
    brand: isHevc ? 'heic' : 'avif',
    itemType: isHevc ? 'hvc1' : 'av01',
    codecConfig: file.subarray(configAt, configAt + file.readUInt32BE(configAt)),
    coded: file.subarray(mdatAt + 8, mdatAt + file.readUInt32BE(mdatAt)),
    widthPx,
    heightPx,
  };
}

/** A file around a coded picture (ISO/IEC 23008-12), with whatever a phone may say about it. */
export function buildHeif(parts: HeifParts, options: HeifOptions = {}): Buffer {
  const { icc, nclx, exif } = options;
  const text = (value: string): Buffer => Buffer.from(value, 'latin1');
  const properties = [
    parts.codecConfig,
    fullBox('ispe', 0, 0, u32(parts.widthPx), u32(parts.heightPx)),
    ...(icc ? [box('colr', text('prof'), icc)] : []),
    ...(nclx
      ? [box('colr', text('nclx'), u16(nclx.primaries), u16(nclx.transfer), u16(nclx.matrix), Buffer.from([0x80]))]
      : []),
    ...(options.quarterTurns === undefined ? [] : [box('irot', Buffer.from([options.quarterTurns]))]),
    ...(options.mirror === undefined ? [] : [box('imir', Buffer.from([options.mirror]))]),
  ];
  const exifItem = exif ? Buffer.concat([u32(0), exif]) : Buffer.alloc(0);
  const items = exif ? [parts.coded, exifItem] : [parts.coded];
  const infe = (id: number, type: string): Buffer => fullBox('infe', 2, 0, u16(id), u16(0), text(type), text('\0'));
  const associations = properties.map((_, i) => 0x80 + i + 1);
  const ftyp = box('ftyp', text(parts.brand), u32(0), text('mif1'), text(parts.brand), text('miaf'));
  const makeMeta = (dataAt: number): Buffer => {
    let at = dataAt;
    const locations = items.map((item, i) => {
      const location = Buffer.concat([u16(i + 1), u16(0), u16(1), u32(at), u32(item.length)]);
      at += item.length;
      return location;
    });
    return fullBox(
      'meta',
      0,
      0,
      fullBox('hdlr', 0, 0, u32(0), text('pict'), Buffer.alloc(13)),
      fullBox('pitm', 0, 0, u16(1)),
      fullBox('iloc', 0, 0, u16(0x4400), u16(items.length), ...locations),
      fullBox('iinf', 0, 0, u16(items.length), infe(1, parts.itemType), ...(exif ? [infe(2, 'Exif')] : [])),
      ...(exif ? [fullBox('iref', 0, 0, box('cdsc', u16(2), u16(1), u16(1)))] : []),
      box(
        'iprp',
        box('ipco', ...properties),
        fullBox('ipma', 0, 0, u32(1), u16(1), Buffer.from([associations.length, ...associations])),
      ),
    );
  };
  const dataAt = ftyp.length + makeMeta(0).length + 8;
  return Buffer.concat([ftyp, makeMeta(dataAt), box('mdat', ...items)]);
}
