/** What is sent in by hostileRequests.test.ts. */
export const PATH_TRICKS = [
  '..%2f..%2f..%2fetc%2fpasswd',
  '..%5c..%5cpackage.json',
  '%2e%2e%2fpackage.json',
  '%00',
  'a%00.jpg',
  '%ff%fe',
  '%E0%A4%A',
  '%',
  '__proto__',
  'constructor',
  'hasOwnProperty',
  '-1',
  '1e309',
  "1'%20or%20'1'='1",
  '%3Cscript%3Ealert(1)%3C%2Fscript%3E',
  '%E2%80%AE%F0%9F%92%A9',
  'x'.repeat(3000),
];

const LONG = 'x'.repeat(20_000);
const head = (line: string, ...headers: string[]) =>
  `${[line, 'Host: x', 'Connection: close', ...headers].join('\r\n')}\r\n\r\n`;
export const HEADERS: readonly (readonly [name: string, bytes: string])[] = [
  ['no HTTP', 'hello\r\n\r\n'],
  ['no host', 'GET / HTTP/1.1\r\n\r\n'],
  ['a host with markup', 'GET / HTTP/1.1\r\nHost: "><script>alert(1)</script>\r\nConnection: close\r\n\r\n'],
  ['a long header', head('GET / HTTP/1.1', `X-Long: ${LONG}`)],
  ['a long address', head(`GET /${LONG} HTTP/1.1`)],
  ['a thousand cookies', head('GET / HTTP/1.1', `Cookie: ${'a=1; '.repeat(1000)}`)],
  ['a cookie of control characters', head('GET / HTTP/1.1', 'Cookie: stipple=\u0001\u007f; theme=<b>')],
  ['another session cookie twice', head('GET / HTTP/1.1', 'Cookie: stipple=a; stipple=b; =; ;;')],
  ['a bearer token of 8 kB', head('GET /api/v1/catalogs HTTP/1.1', `Authorization: Bearer ${'t'.repeat(8000)}`)],
  ['a bearer token with quotes', head('GET /api/v1/catalogs HTTP/1.1', `Authorization: Bearer ' or ''='`)],
  ['a negative length', head('POST /sign-in HTTP/1.1', 'Content-Length: -1')],
  ['two lengths', head('POST /sign-in HTTP/1.1', 'Content-Length: 3', 'Content-Length: 5')],
  [
    'length and chunks at once',
    `${head('POST /sign-in HTTP/1.1', 'Content-Length: 3', 'Transfer-Encoding: chunked')}0\r\n\r\n`,
  ],
  ['broken chunks', `${head('POST /sign-in HTTP/1.1', 'Transfer-Encoding: chunked')}zz\r\nhello`],
  ['an unknown method', head('BREW / HTTP/1.1')],
  ['TRACE', head('TRACE / HTTP/1.1')],
  ['CONNECT', head('CONNECT evil.example:443 HTTP/1.1')],
  [
    'an unknown encoding',
    head(
      'POST /theme HTTP/1.1',
      'Content-Encoding: bomb',
      'Content-Type: application/x-www-form-urlencoded',
      'Content-Length: 0',
    ),
  ],
  [
    'an unknown charset',
    `${head('POST /theme HTTP/1.1', 'Content-Type: application/x-www-form-urlencoded; charset=utf-99', 'Content-Length: 1')}a`,
  ],
  [
    '2,000 fields',
    (() => {
      const body = 'a=1&'.repeat(2000);
      return `${head('POST /theme HTTP/1.1', 'Content-Type: application/x-www-form-urlencoded', `Content-Length: ${body.length}`)}${body}`;
    })(),
  ],
  [
    'a field of 200 kB',
    `${head('POST /theme HTTP/1.1', 'Content-Type: application/x-www-form-urlencoded', 'Content-Length: 200006')}theme=${'x'.repeat(200_000)}`,
  ],
  [
    'JSON nested 20,000 deep',
    (() => {
      const body = '['.repeat(20_000);
      return `${head('POST /api/v1/catalogs/x/versions HTTP/1.1', 'Content-Type: application/json', `Content-Length: ${body.length}`)}${body}`;
    })(),
  ],
  ['a Range of everything', head('GET /demo/scalp-with-card.jpg HTTP/1.1', `Range: bytes=${'0-1,'.repeat(500)}5-6`)],
  ['If-None-Match of commas', head('GET /demo/truth.json HTTP/1.1', `If-None-Match: ${','.repeat(8000)}`)],
  ['an Upgrade nobody offers', head('GET / HTTP/1.1', 'Upgrade: websocket', 'Sec-WebSocket-Key: x')],
];

const part = (head: string, body = 'x') => `--B\r\n${head}\r\n\r\n${body}\r\n`;
export const photoPart = (name: string, body = 'x') =>
  part(`Content-Disposition: form-data; name="photo"; filename="${name}"`, body);
export const field = (name: string, body: string) => part(`Content-Disposition: form-data; name="${name}"`, body);
export const FORMS: readonly (readonly [name: string, body: string, type?: string])[] = [
  ['an empty body', ''],
  ['no boundary', photoPart('a.jpg'), 'multipart/form-data'],
  ['another boundary', photoPart('a.jpg'), 'multipart/form-data; boundary=other'],
  ['a boundary of 5,000 letters', photoPart('a.jpg'), `multipart/form-data; boundary=${'b'.repeat(5000)}`],
  ['no end', photoPart('a.jpg')],
  ['a part without a head', '--B\r\n\r\nx\r\n--B--'],
  ['a head of 100 kB', `${part(`X: ${'y'.repeat(100_000)}`)}--B--`],
  ['a head without a name', `${part('Content-Disposition: form-data')}--B--`],
  ['a path as file name', `${photoPart('../../../../etc/cron.d/stipple')}--B--`],
  ['a NUL in the file name', `${photoPart('a\0.jpg')}--B--`],
  ['a file name of 60 kB', `${photoPart('n'.repeat(60_000))}--B--`],
  ['markup as file name', `${photoPart('<img src=x onerror=alert(1)>.jpg')}--B--`],
  [
    'a file name that is percent-coded wrong',
    `${part('Content-Disposition: form-data; name="photo"; filename*=utf-8\'\'%E0%A4%A')}--B--`,
  ],
  ['two photos', `${photoPart('a.jpg')}${photoPart('b.jpg')}--B--`],
  ['a thousand fields', `${field('alias', 'a').repeat(1000)}--B--`],
  ['a field of 100 kB', `${field('alias', 'a'.repeat(100_000))}--B--`],
  [
    'a prototype as field',
    `${field('__proto__', '{"admin":true}')}${field('constructor', 'x')}${photoPart('a.jpg')}--B--`,
  ],
  ['fields that nest', `${field('a[b][c]', 'x')}${photoPart('a.jpg')}--B--`],
  ['a field name of 10 kB', `${field('n'.repeat(10_000), 'x')}--B--`],
  [
    'options of control characters',
    `${field('palette', '\0\u0001')}${field('cup', '1e999')}${photoPart('a.jpg')}--B--`,
  ],
  [
    'a nested multipart',
    `${part('Content-Disposition: form-data; name="photo"\r\nContent-Type: multipart/mixed; boundary=C', '--C\r\n\r\nx\r\n--C--')}--B--`,
  ],
  ['a script as photo', `${photoPart('a.jpg', '#!/bin/sh\ncat /etc/passwd')}--B--`],
  ['HTML as photo', `${photoPart('a.jpg', '<html><script>alert(1)</script>')}--B--`],
];
