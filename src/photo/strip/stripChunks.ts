import { crc32 } from 'node:zlib';
import { minimalExif, withLead } from './minimalExif.ts';

/** Chunks a PNG decoder needs for pixels and colour (W3C PNG 3rd edition); text, times and everything private goes. */
const PNG_KEPT = new Set([
  'IHDR',
  'PLTE',
  'IDAT',
  'IEND',
  'tRNS',
  'cHRM',
  'gAMA',
  'iCCP',
  'sRGB',
  'sBIT',
  'cICP',
  'acTL',
  'fcTL',
  'fdAT',
]);

function pngChunk(type: string, body: Uint8Array): Buffer {
  const typed = Buffer.concat([Buffer.from(type, 'latin1'), body]);
  const out = Buffer.alloc(typed.length + 8);
  out.writeUInt32BE(body.length, 0);
  typed.copy(out, 4);
  out.writeUInt32BE(crc32(typed), typed.length + 4);
  return out;
}

/** The same PNG picture without metadata but for orientation and colour. Null when its chunks cannot be followed. */
export function stripPng(file: Buffer): Buffer | null {
  const parts: Buffer[] = [file.subarray(0, 8)];
  let at = 8;
  while (at + 12 <= file.length) {
    const length = file.readUInt32BE(at);
    const end = at + 12 + length;
    if (end > file.length) return null;
    const type = file.toString('latin1', at + 4, at + 8);
    if (PNG_KEPT.has(type)) parts.push(file.subarray(at, end));
    if (type === 'eXIf') parts.push(pngChunk('eXIf', minimalExif(file.subarray(at + 8, at + 8 + length))));
    if (type === 'IEND') return Buffer.concat(parts);
    at = end;
  }
  return null;
}

const WEBP_KEPT = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ANIM', 'ANMF', 'ICCP']);
const XMP_FLAG = 0x04;

function riffChunk(type: string, body: Uint8Array): Buffer {
  const out = Buffer.alloc(8 + body.length + (body.length % 2));
  out.write(type, 0, 'latin1');
  out.writeUInt32LE(body.length, 4);
  out.set(body, 8);
  return out;
}

/** The same WebP picture without metadata but for orientation and colour profile. Null when it cannot be followed. */
export function stripWebp(file: Buffer): Buffer | null {
  const parts: Buffer[] = [];
  let at = 12;
  while (at + 8 <= file.length) {
    const type = file.toString('latin1', at, at + 4);
    const length = file.readUInt32LE(at + 4);
    if (at + 8 + length > file.length) return null;
    const body = Buffer.from(file.subarray(at + 8, at + 8 + length));
    if (type === 'VP8X' && length > 0) body[0]! &= ~XMP_FLAG;
    if (WEBP_KEPT.has(type)) parts.push(riffChunk(type, body));
    if (type === 'EXIF') parts.push(riffChunk('EXIF', withLead(minimalExif(body))));
    at += 8 + length + (length % 2);
  }
  if (parts.length === 0) return null;
  const content = Buffer.concat(parts);
  const head = Buffer.from(file.subarray(0, 12));
  head.writeUInt32LE(4 + content.length, 4);
  return Buffer.concat([head, content]);
}
