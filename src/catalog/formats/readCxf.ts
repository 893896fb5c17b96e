import { catalogFilesTexts } from '../../language/texts/catalogFiles.ts';
import type { Problem } from '../problem.ts';
import type { Measurement } from '../shade.ts';
import {
  type IncomingRow,
  type LetDownPatch,
  type MeasurementPatch,
  type RawCatalogFile,
  type ShadePatch,
  unreadable,
} from './catalogFile.ts';
import { decodeText } from './decodeText.ts';
import { childAt, readXml, type XmlElement, XmlError } from './readXml.ts';
import { resampleSpectrum } from './resampleSpectrum.ts';

export const CXF_NAMESPACE = 'http://colorexchangeformat.com/CxF3-core';
/** Tags of our own: what CxF has no element for. */
export const CXF_TAGS = 'Stipple';

const ILLUMINANTS = new Set<string>(['D65', 'D50', 'A', 'C', 'F2', 'F11']);

/** Conditions of one ColorSpecification; what it does not say stays absent. */
type Specification = Pick<MeasurementPatch, 'illuminant' | 'observer' | 'geometry' | 'substrate' | 'instrument'> & {
  startNm?: number;
  stepNm?: number;
};

const textOf = (element: XmlElement | undefined): string | undefined => element?.text.trim() || undefined;

function geometryOf(choice: XmlElement | undefined): Measurement['geometry'] | undefined {
  const sphere = textOf(childAt(choice, 'SphereGeometry'));
  if (sphere === 'Specular_Included') return 'd/8 SCI';
  if (sphere === 'Specular_Excluded') return 'd/8 SCE';
  const angle = childAt(choice, 'SingleAngle');
  const angles = ['IlluminationAngle', 'MeasurementAngle'].map((name) =>
    Math.abs(Number(textOf(childAt(angle, name)))),
  );
  if (angle !== undefined && Math.max(...angles) === 45 && Math.min(...angles) === 0) return '45/0';
  const unknown = textOf(childAt(choice, 'UnknownGeometry'));
  return unknown === 'photo' || unknown === 'computed' ? unknown : undefined;
}

function readSpecification(element: XmlElement): Specification {
  const illuminant = textOf(childAt(element, 'TristimulusSpec', 'Illuminant'));
  const observer = textOf(childAt(element, 'TristimulusSpec', 'Observer'));
  const measured = childAt(element, 'MeasurementSpec');
  const range = childAt(measured, 'WavelengthRange')?.attributes;
  const device = ['Manufacturer', 'Model'].map((name) => textOf(childAt(measured, 'Device', name)));
  const geometry = geometryOf(childAt(measured, 'GeometryChoice'));
  const substrate = textOf(childAt(measured, 'Backing'));
  const instrument = device.filter((part) => part !== undefined).join(' ');
  return {
    ...(illuminant !== undefined &&
      ILLUMINANTS.has(illuminant) && { illuminant: illuminant as Measurement['illuminant'] }),
    ...(observer === '2_Degree' && { observer: '2' as const }),
    ...(observer === '10_Degree' && { observer: '10' as const }),
    ...(geometry !== undefined && { geometry }),
    ...(substrate !== undefined && { substrate }),
    ...(instrument !== '' && { instrument }),
    ...(range?.has('StartWL') && { startNm: Number(range.get('StartWL')) }),
    ...(range?.has('Increment') && { stepNm: Number(range.get('Increment')) }),
  };
}

type Specifications = ReadonlyMap<string, Specification>;

/** A Lab for D65/2° where there is one, else for 2°, else the first. */
function chooseLab(labs: readonly XmlElement[], specifications: Specifications): XmlElement | undefined {
  const conditions = (lab: XmlElement) => specifications.get(lab.attributes.get('ColorSpecification') ?? '');
  return (
    labs.find((lab) => conditions(lab)?.observer === '2' && conditions(lab)?.illuminant === 'D65') ??
    labs.find((lab) => conditions(lab)?.observer === '2') ??
    labs[0]
  );
}

function tagsOf(object: XmlElement): ReadonlyMap<string, string> {
  const collection = object.children.find(
    (child) => child.name === 'TagCollection' && child.attributes.get('Name') === CXF_TAGS,
  );
  const tags = collection?.children.filter((child) => child.name === 'Tag') ?? [];
  return new Map(tags.map((tag) => [tag.attributes.get('Name') ?? '', tag.attributes.get('Value') ?? '']));
}

interface ReadObject {
  readonly code: string;
  readonly parts: number | undefined;
  readonly measurement: MeasurementPatch;
  readonly problems: Problem[];
}

function readObject(object: XmlElement, row: number, specifications: Specifications): ReadObject {
  const problems: Problem[] = [];
  const fault = (found: string, expected: string, fix: string) => {
    problems.push({ path: 'masstone', row, found, expected, fix, level: 'error' });
  };
  const values = childAt(object, 'ColorValues')?.children ?? [];
  const lab = chooseLab(
    values.filter((value) => value.name === 'ColorCIELab'),
    specifications,
  );
  const spectrum = values.find((value) => value.name === 'ReflectanceSpectrum');
  const specify = (value: XmlElement | undefined) =>
    specifications.get(value?.attributes.get('ColorSpecification') ?? '') ?? {};
  const { startNm: _start, stepNm: _step, ...conditions } = { ...specify(spectrum), ...specify(lab) };
  const measurement: MeasurementPatch = { ...conditions };
  if (lab !== undefined) {
    const numbers = ['L', 'A', 'B'].map((axis) => Number(textOf(childAt(lab, axis)) ?? Number.NaN));
    if (numbers.every(Number.isFinite)) measurement.lab = numbers as [number, number, number];
    else
      fault(catalogFilesTexts.labNotThreeNumbers, catalogFilesTexts.labChannels, catalogFilesTexts.exportTheFileAgain);
  }
  if (spectrum !== undefined) {
    const { startNm, stepNm } = specify(spectrum);
    const numbers = spectrum.text.trim().split(/\s+/).map(Number);
    const start = Number(spectrum.attributes.get('StartWL') ?? startNm);
    const resampled = numbers.every(Number.isFinite) ? resampleSpectrum(numbers, start, stepNm ?? 10) : undefined;
    if (resampled !== undefined) measurement.spectrum = resampled;
    else
      fault(
        catalogFilesTexts.valuesFrom(numbers.length, start),
        catalogFilesTexts.reflectancesOver400700Nm,
        catalogFilesTexts.exportTheFullRange,
      );
  }
  if (lab === undefined && spectrum === undefined)
    fault(catalogFilesTexts.noLabAndNoSpectrum, 'either', catalogFilesTexts.measureTheShade);
  const tags = tagsOf(object);
  for (const [tag, field] of [
    ['FilmUm', 'filmUm'],
    ['SubstrateReflectance', 'substrateReflectance'],
  ] as const) {
    const value = tags.get(tag);
    if (value !== undefined) measurement[field] = Number(value);
  }
  const source = tags.get('Source');
  if (source !== undefined) measurement.source = source;
  const parts = tags.get('PartsDiluent');
  return {
    code: tags.get('Code') ?? object.attributes.get('Name')?.trim() ?? '',
    parts: parts === undefined ? undefined : Number(parts),
    measurement,
    problems,
  };
}

/** Objects of one code make one row: the masstone and, by our tags, its let-downs. */
function groupRows(objects: readonly ReadObject[]): IncomingRow[] {
  const rows = new Map<string, { row: number; patch: ShadePatch; problems: Problem[] }>();
  const repeated: IncomingRow[] = [];
  for (const [index, { code, parts, measurement, problems }] of objects.entries()) {
    const known = rows.get(code);
    if (parts !== undefined) {
      const step: LetDownPatch = { partsDiluent: parts, measurement };
      if (known === undefined) rows.set(code, { row: index + 1, patch: { code, letDowns: [step] }, problems });
      else {
        known.patch.letDowns = [...(known.patch.letDowns ?? []), step];
        known.problems.push(...problems);
      }
    } else if (known !== undefined && known.patch.masstone === undefined) {
      known.patch.masstone = measurement;
      known.problems.push(...problems);
    } else if (known === undefined)
      rows.set(code, { row: index + 1, patch: { code, masstone: measurement }, problems });
    else repeated.push({ row: index + 1, patch: { code, masstone: measurement }, problems });
  }
  return [...rows.values(), ...repeated];
}

/** CxF3 (ISO 17972-1): every Object with a Lab or a reflectance spectrum, and the conditions it names. */
export function readCxf(bytes: Uint8Array): RawCatalogFile {
  let root: XmlElement;
  try {
    root = readXml(decodeText(bytes).text);
  } catch (error) {
    if (!(error instanceof XmlError)) throw error;
    return unreadable(error.message, catalogFilesTexts.wellFormedCxf, catalogFilesTexts.exportTheFileAgain);
  }
  const isCxf3 = root.name === 'CxF' && [...root.attributes.values()].includes(CXF_NAMESPACE);
  if (!isCxf3)
    return unreadable(catalogFilesTexts.xmlOfTheKind(root.name), 'CxF3', catalogFilesTexts.exportAsCxf3Iso17972);
  const specifications = childAt(root, 'Resources', 'ColorSpecificationCollection')?.children ?? [];
  const byId = new Map(
    specifications.map((element) => [element.attributes.get('Id') ?? '', readSpecification(element)]),
  );
  const objects =
    childAt(root, 'Resources', 'ObjectCollection')?.children.filter(({ name }) => name === 'Object') ?? [];
  if (objects.length === 0)
    return unreadable(
      catalogFilesTexts.cxfWithoutObjects,
      catalogFilesTexts.atLeastOne,
      catalogFilesTexts.chooseAnotherFile,
    );
  return { rows: groupRows(objects.map((object, index) => readObject(object, index + 1, byId))), problems: [] };
}
