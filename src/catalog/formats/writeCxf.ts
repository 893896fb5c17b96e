import { catalogFilesTexts } from '../../language/texts/catalogFiles.ts';
import type { Catalog, Measurement } from '../shade.ts';
import { CXF_NAMESPACE, CXF_TAGS } from './readCxf.ts';

/** Signs that XML 1.0 cannot hold in any way. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to leave out
const IMPOSSIBLE = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Surrogate}/gu;
const ESCAPES: Readonly<Record<string, string>> = {
  '<': '&lt;',
  '>': '&gt;',
  '&': '&amp;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

function escapeXml(text: string): string {
  return text.replaceAll(IMPOSSIBLE, '').replaceAll(/[<>&"\t\n\r]/g, (sign) => ESCAPES[sign]!);
}

const GEOMETRY: Record<Measurement['geometry'], string> = {
  'd/8 SCI': '<cc:SphereGeometry>Specular_Included</cc:SphereGeometry>',
  'd/8 SCE': '<cc:SphereGeometry>Specular_Excluded</cc:SphereGeometry>',
  '45/0':
    '<cc:SingleAngle><cc:SingleAngleConfiguration>Annular</cc:SingleAngleConfiguration>' +
    '<cc:IlluminationAngle>45</cc:IlluminationAngle><cc:MeasurementAngle>0</cc:MeasurementAngle></cc:SingleAngle>',
  photo: '<cc:UnknownGeometry>photo</cc:UnknownGeometry>',
  computed: '<cc:UnknownGeometry>computed</cc:UnknownGeometry>',
};

/** Everything of a measurement that a ColorSpecification holds. */
function specification({ illuminant, observer, geometry, substrate, instrument }: Measurement): string {
  const device = instrument === undefined ? '' : `<cc:Device><cc:Model>${escapeXml(instrument)}</cc:Model></cc:Device>`;
  return [
    `<cc:TristimulusSpec><cc:Illuminant>${illuminant}</cc:Illuminant>`,
    `<cc:Observer>${observer}_Degree</cc:Observer><cc:Method>E308_Table5</cc:Method></cc:TristimulusSpec>`,
    '<cc:MeasurementSpec><cc:MeasurementType>Spectrum_Reflectance</cc:MeasurementType>',
    `<cc:GeometryChoice>${GEOMETRY[geometry]}</cc:GeometryChoice>`,
    '<cc:WavelengthRange StartWL="400" Increment="10"/>',
    `<cc:Backing>${escapeXml(substrate)}</cc:Backing>${device}</cc:MeasurementSpec>`,
  ].join('');
}

function colourValues(measurement: Measurement, specificationId: string): string {
  const { lab, spectrum } = measurement;
  const given = `ColorSpecification="${specificationId}"`;
  const reflectance =
    spectrum === undefined
      ? ''
      : `<cc:ReflectanceSpectrum ${given} StartWL="400">${spectrum.join(' ')}</cc:ReflectanceSpectrum>`;
  const colour =
    lab === undefined
      ? ''
      : `<cc:ColorCIELab ${given}><cc:L>${lab[0]}</cc:L><cc:A>${lab[1]}</cc:A><cc:B>${lab[2]}</cc:B></cc:ColorCIELab>`;
  return `<cc:ColorValues>${reflectance}${colour}</cc:ColorValues>`;
}

function tags(entries: readonly (readonly [string, string | number | undefined])[]): string {
  const written = entries
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `<cc:Tag Name="${name}" Value="${escapeXml(String(value))}"/>`);
  return `<cc:TagCollection Name="${CXF_TAGS}">${written.join('')}</cc:TagCollection>`;
}

/**
 * Masstones and let-downs of a catalog as CxF3 (ISO 17972-1), each with its measurement conditions. What CxF has no
 * element for stands in tags.
 * @param created ISO date and time of the export
 */
export function writeCxf(catalog: Catalog, created: string): string {
  const specifications = new Map<string, string>();
  const idOf = (measurement: Measurement): string => {
    const content = specification(measurement);
    const id = specifications.get(content) ?? `cs${specifications.size + 1}`;
    specifications.set(content, id);
    return id;
  };
  const objects: string[] = [];
  const add = (name: string, code: string, measurement: Measurement, parts?: number) => {
    const { source, filmUm, substrateReflectance } = measurement;
    objects.push(
      [
        `<cc:Object ObjectType="Standard" Name="${escapeXml(name)}" Id="o${objects.length + 1}">`,
        `<cc:CreationDate>${created}</cc:CreationDate>`,
        colourValues(measurement, idOf(measurement)),
        tags([
          ['Code', code],
          ['PartsDiluent', parts],
          ['FilmUm', filmUm],
          ['SubstrateReflectance', substrateReflectance],
          ['Source', source],
        ]),
        '</cc:Object>',
      ].join(''),
    );
  };
  for (const shade of catalog.shades) {
    add(shade.code, shade.code, shade.masstone);
    for (const { partsDiluent, measurement } of shade.letDowns) {
      add(`${shade.code} 1:${partsDiluent}`, shade.code, measurement, partsDiluent);
    }
  }
  const written = [...specifications].map(
    ([content, id]) => `<cc:ColorSpecification Id="${id}">${content}</cc:ColorSpecification>`,
  );
  return `${[
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<cc:CxF xmlns:cc="${CXF_NAMESPACE}">`,
    `<cc:FileInformation><cc:Creator>Stipple</cc:Creator><cc:CreationDate>${created}</cc:CreationDate>`,
    `<cc:Description>${escapeXml(catalogFilesTexts.nameAndVersion(catalog.name, catalog.version))}</cc:Description></cc:FileInformation>`,
    '<cc:Resources>',
    '<cc:ObjectCollection>',
    ...objects,
    '</cc:ObjectCollection>',
    '<cc:ColorSpecificationCollection>',
    ...written,
    '</cc:ColorSpecificationCollection>',
    '</cc:Resources>',
    '</cc:CxF>',
  ].join('\n')}\n`;
}
