export const LANGUAGES = { en: 'English', es: 'Español' } as const;
export type Language = keyof typeof LANGUAGES;

/** What is named here is what can be shared; `shares` and `preview` look words up by their own types, so none can be missing. */
type Stage = 'fresh' | 'healed' | 'aged';
type Picture = 'before' | 'fresh' | 'healed' | 'healedLightest' | 'healedDarkest' | 'agedLightest' | 'agedDarkest';
type Light = 'd65' | 'a' | 'led' | 'office' | 'bathroom';
type Treatment = 'shaved' | 'hairline' | 'density' | 'scar';
type Tick = 'simulation' | 'healing' | 'patch';

/** Everything a client reads, in one language. Short words and sentences: reading grade 8 at most (tested). */
export interface ClientTexts {
  readonly title: string;
  readonly from: (studio: string) => string;
  readonly linkEnds: (day: string) => string;
  readonly language: string;
  readonly stagesLabel: string;
  readonly stages: Readonly<Record<Stage, string>>;
  readonly stageWords: Readonly<Record<Stage, string>>;
  readonly pictures: Readonly<Record<Picture, string>>;
  readonly compare: string;
  readonly compareButtons: readonly [string, string, string];
  readonly simulation: string;
  /** Said before the pictures of a scar. */
  readonly patchFirst: string;
  /** Said of pictures in another light than the photo's. */
  readonly lights: Readonly<Record<Light, string | null>>;
  readonly messageTitle: string;
  readonly planTitle: string;
  /** What is done, by treatment. */
  readonly goals: Readonly<Record<Treatment, string>>;
  /** `sessions` is null where the plan does not say how many. */
  readonly plan: (shade: string, sessions: number | null) => string;
  readonly expectTitle: string;
  readonly expect: readonly string[];
  readonly limitsTitle: string;
  readonly limits: readonly string[];
  readonly approveTitle: string;
  readonly approveCovers: string;
  readonly ticks: Readonly<Record<Tick, string>>;
  readonly name: string;
  readonly approve: string;
  readonly changesTitle: string;
  readonly changesNote: string;
  readonly changesName: string;
  readonly askChanges: string;
  readonly print: string;
  readonly pdf: string;
  readonly approvedTitle: string;
  readonly approved: (name: string, time: string) => string;
  readonly version: (code: string) => string;
  readonly changesSentTitle: string;
  readonly changesSent: (time: string) => string;
  readonly youWrote: string;
  readonly problem: string;
  readonly missingTick: string;
  readonly missingName: string;
  readonly missingNote: string;
  readonly overTitle: string;
  readonly over: string;
  readonly notFoundTitle: string;
  readonly notFound: string;
  readonly pinTitle: string;
  readonly pinLabel: string;
  readonly pinHint: string;
  readonly pinOpen: string;
  readonly pinWrong: string;
  readonly tooMany: string;
}

/** One, two, three, or some where the number is open. */
function howOften(sessions: number | null, words: readonly [string, string, string, string]): string {
  return words[(sessions ?? 4) - 1] ?? words[3];
}

const en: ClientTexts = {
  title: 'Your scalp, step by step',
  from: (studio) => `From ${studio}`,
  linkEnds: (day) => `This link ends on ${day}.`,
  language: 'Language',
  stagesLabel: 'When',
  stages: { fresh: 'Just done', healed: 'Healed', aged: '3 years' },
  stageWords: {
    fresh: 'Right after the last session. Dots look darker and wider, and the skin may be red. This is normal.',
    healed: 'About four weeks after the last session. This is the look to judge by.',
    aged: 'After three years. Dots fade at their own pace, so you see two pictures: the least and the most likely to be left. Most people come back for a touch-up.',
  },
  pictures: {
    before: 'Your photo',
    fresh: 'Just done',
    healed: 'Healed',
    healedLightest: 'Healed, less colour taken',
    healedDarkest: 'Healed, more colour taken',
    agedLightest: '3 years, faded more',
    agedDarkest: '3 years, faded less',
  },
  compare: 'Slide between your photo and the picture',
  compareButtons: ['Before', 'Half', 'After'],
  simulation:
    'These pictures are a simulation. They were worked out from your own photo. Your skin may heal in its own way.',
  patchFirst:
    'A scar takes colour in its own way. So you see a range: the least and the most that is likely. Have a small test patch set first. Judge it after four weeks.',
  lights: {
    d65: null,
    a: 'The pictures are shown as by a warm lamp at home. Colours may differ a little there.',
    led: 'The pictures are shown as by LED light in an office. Colours may differ a little there.',
    office: 'The pictures are shown as by a tube light in an office. Colours may differ a little there.',
    bathroom: 'The pictures are shown as by a tube light in a bathroom. Colours may differ a little there.',
  },
  messageTitle: 'A word from your studio',
  planTitle: 'The plan',
  goals: {
    shaved: 'Small dots are set all over the bare scalp. They look like hair that was just shaved.',
    hairline: 'Small dots fill the hairline and the temples. The edge stays soft, as it grows by nature.',
    density: 'Small dots are set on the skin between your hairs, so that less skin shows. Your hair stays as it is.',
    scar: 'Small dots are set on the scar, so that it stands out less.',
  },
  plan: (shade, sessions) =>
    `The shade is ${shade}. It is set in ${howOften(sessions, ['one session', 'two sessions', 'three sessions', 'a few sessions'])}, light at first, so that it can still be changed.`,
  expectTitle: 'What to expect',
  expect: [
    'It will look darker for about a week. This is normal.',
    'Then it gets lighter. Some clients worry that it has gone. Wait four weeks before you judge.',
    'Keep it dry and out of the sun while it heals. Your studio tells you how.',
    'Call a doctor if it hurts more each day, or if you feel ill.',
  ],
  limitsTitle: 'What pictures cannot show',
  limits: [
    'Screens and lights differ. Ask for a small test patch on your own skin. Look at it in daylight and at home.',
    'No picture can tell for sure how your skin will heal.',
  ],
  approveTitle: 'Are you happy with this plan?',
  approveCovers:
    'Your yes covers the look and the shade shown here. It does not cover your health, the price or the day. Your studio asks about these on their own. You can still change your mind.',
  ticks: {
    simulation: 'I have seen the pictures and know that they are a simulation.',
    healing: 'I know that it looks darker at first and gets lighter as it heals.',
    patch: 'I know that I can ask for a test patch on my own skin.',
  },
  name: 'Your name',
  approve: 'Approve',
  changesTitle: 'Would you like something else?',
  changesNote: 'What should change?',
  changesName: 'Your name (if you like)',
  askChanges: 'Ask for changes',
  print: 'Print',
  pdf: 'Save as PDF',
  approvedTitle: 'Thank you. You said yes.',
  approved: (name, time) => `${name} approved this plan on ${time}.`,
  version: (code) => `Version ${code}`,
  changesSentTitle: 'Your note has been sent.',
  changesSent: (time) => `You asked for changes on ${time}. Your studio will get back to you.`,
  youWrote: 'You wrote:',
  problem: 'There is a problem',
  missingTick: 'Tick each line that you agree with. All three are needed.',
  missingName: 'Write your name.',
  missingNote: 'Write what should change.',
  overTitle: 'This link has ended',
  over: 'Nothing is shown here any more. Ask your studio for a new link.',
  notFoundTitle: 'There is nothing here',
  notFound: 'Check that you have copied the whole link.',
  pinTitle: 'Enter your PIN',
  pinLabel: 'PIN',
  pinHint: 'Your studio has given it to you: 4 to 8 digits.',
  pinOpen: 'Open',
  pinWrong: 'This PIN does not fit. Check it and try again.',
  tooMany: 'Too many tries. Wait a quarter of an hour, then try again.',
};

const es: ClientTexts = {
  title: 'Tu cuero cabelludo, paso a paso',
  from: (studio) => `De ${studio}`,
  linkEnds: (day) => `Este enlace termina el ${day}.`,
  language: 'Idioma',
  stagesLabel: 'Cuándo',
  stages: { fresh: 'Recién hecho', healed: 'Curado', aged: '3 años' },
  stageWords: {
    fresh:
      'Justo después de la última sesión. Los puntos se ven más oscuros y anchos, y la piel puede estar roja. Es normal.',
    healed: 'Unas cuatro semanas después de la última sesión. Este es el aspecto que cuenta.',
    aged: 'A los tres años. Los puntos se aclaran a su ritmo; por eso ves dos imágenes: lo menos y lo más que puede quedar. Casi todos vuelven para un retoque.',
  },
  pictures: {
    before: 'Tu foto',
    fresh: 'Recién hecho',
    healed: 'Curado',
    healedLightest: 'Curado, con menos color',
    healedDarkest: 'Curado, con más color',
    agedLightest: '3 años, más claro',
    agedDarkest: '3 años, menos claro',
  },
  compare: 'Desliza entre tu foto y la imagen',
  compareButtons: ['Antes', 'Mitad', 'Después'],
  simulation:
    'Estas imágenes son una simulación. Se han calculado a partir de tu propia foto. Tu piel puede curar a su manera.',
  patchFirst:
    'Una cicatriz toma el color a su manera. Por eso ves dos imágenes: lo menos y lo más que puede tomar. Haz primero una pequeña prueba en ella y júzgala a las cuatro semanas.',
  lights: {
    d65: null,
    a: 'Las imágenes se muestran como con una lámpara cálida en casa. Allí los colores pueden variar un poco.',
    led: 'Las imágenes se muestran como con luz LED de oficina. Allí los colores pueden variar un poco.',
    office: 'Las imágenes se muestran como con tubos de luz de oficina. Allí los colores pueden variar un poco.',
    bathroom: 'Las imágenes se muestran como con un tubo de luz de baño. Allí los colores pueden variar un poco.',
  },
  messageTitle: 'Unas palabras de tu estudio',
  planTitle: 'El plan',
  goals: {
    shaved: 'Se ponen puntos pequeños en toda la zona sin pelo. Parecen pelo recién rapado.',
    hairline: 'Puntos pequeños rellenan la línea del pelo y las entradas. El borde queda suave, como nace el pelo.',
    density:
      'Se ponen puntos pequeños en la piel, entre tu pelo, para que se vea menos piel. Tu pelo se queda como está.',
    scar: 'Se ponen puntos pequeños en la cicatriz, para que se note menos.',
  },
  plan: (shade, sessions) =>
    `El tono es ${shade}. Se pone en ${howOften(sessions, ['una sesión', 'dos sesiones', 'tres sesiones', 'varias sesiones'])}, claro al principio, para que aún se pueda cambiar.`,
  expectTitle: 'Qué esperar',
  expect: [
    'Se verá más oscuro durante una semana. Es normal.',
    'Luego se aclara. A algunos les preocupa que se haya ido. Espera cuatro semanas antes de juzgar.',
    'Mantenlo seco y lejos del sol mientras cura. Tu estudio te dirá cómo.',
    'Llama a un médico si cada día duele más o si te sientes mal.',
  ],
  limitsTitle: 'Lo que una imagen no puede mostrar',
  limits: [
    'Las pantallas y las luces cambian el color. Pide una pequeña prueba en tu piel. Mírala a la luz del día y en casa.',
    'Ninguna imagen puede decir con certeza cómo curará tu piel.',
  ],
  approveTitle: '¿Te gusta este plan?',
  approveCovers:
    'Tu sí vale para el aspecto y el tono que ves aquí. No vale para tu salud, el precio ni el día: tu estudio te lo pregunta aparte. Todavía puedes cambiar de idea.',
  ticks: {
    simulation: 'He visto las imágenes y sé que son una simulación.',
    healing: 'Sé que al principio se ve más oscuro y que se aclara al curar.',
    patch: 'Sé que puedo pedir una prueba en mi propia piel.',
  },
  name: 'Tu nombre',
  approve: 'Aceptar',
  changesTitle: '¿Quieres otra cosa?',
  changesNote: '¿Qué debería cambiar?',
  changesName: 'Tu nombre (si quieres)',
  askChanges: 'Pedir cambios',
  print: 'Imprimir',
  pdf: 'Guardar en PDF',
  approvedTitle: 'Gracias. Has dicho que sí.',
  approved: (name, time) => `${name} aceptó este plan el ${time}.`,
  version: (code) => `Versión ${code}`,
  changesSentTitle: 'Tu nota se ha enviado.',
  changesSent: (time) => `Pediste cambios el ${time}. Tu estudio te responderá.`,
  youWrote: 'Escribiste:',
  problem: 'Hay un problema',
  missingTick: 'Marca cada línea con la que estás de acuerdo. Hacen falta las tres.',
  missingName: 'Escribe tu nombre.',
  missingNote: 'Escribe qué debería cambiar.',
  overTitle: 'Este enlace ha terminado',
  over: 'Aquí ya no se muestra nada. Pide un enlace nuevo a tu estudio.',
  notFoundTitle: 'Aquí no hay nada',
  notFound: 'Comprueba que has copiado el enlace entero.',
  pinTitle: 'Escribe tu PIN',
  pinLabel: 'PIN',
  pinHint: 'Te lo ha dado tu estudio: de 4 a 8 cifras.',
  pinOpen: 'Abrir',
  pinWrong: 'Este PIN no es correcto. Compruébalo e inténtalo de nuevo.',
  tooMany: 'Demasiados intentos. Espera un cuarto de hora e inténtalo de nuevo.',
};

export const CLIENT_TEXTS: Readonly<Record<Language, ClientTexts>> = { en, es };

export function isLanguage(text: unknown): text is Language {
  return typeof text === 'string' && Object.hasOwn(LANGUAGES, text);
}

/** A day, or a day with its time in UTC, as people of this language write it. */
export function localDay(language: Language, iso: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(iso));
}

export function localTime(language: Language, iso: string): string {
  const format = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' });
  return `${format.format(new Date(iso))} UTC`;
}
