import type { RequestHandler } from 'express';
import helmet from 'helmet';

/** Browser features no page uses are switched off for the page and whatever it might be made to embed. */
const PERMISSIONS_POLICY = [
  'camera=(self)',
  ...[
    'accelerometer',
    'autoplay',
    'display-capture',
    'encrypted-media',
    'geolocation',
    'gyroscope',
    'hid',
    'magnetometer',
    'microphone',
    'midi',
    'payment',
    'picture-in-picture',
    'publickey-credentials-get',
    'screen-wake-lock',
    'serial',
    'usb',
    'xr-spatial-tracking',
  ].map((feature) => `${feature}=()`),
].join(', ');

/**
 * Headers of every answer: only this site's own files may run, be shown or be sent to, nothing inline; no framing, no
 * sniffing, no address passed to other sites.
 * @param options.secure visitors use HTTPS: they are told to keep to it for a year
 */
export function securityHeaders({ secure = false }: { secure?: boolean } = {}): RequestHandler {
  const self = ["'self'"];
  const none = ["'none'"];
  const setHelmetHeaders = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: none,
        scriptSrc: self,
        styleSrc: self,
        imgSrc: self,
        connectSrc: self,
        formAction: self,
        frameAncestors: none,
        baseUri: none,
      },
    },
    // `no-referrer` would make browsers send `Origin: null` with our own forms, which the origin guard refuses.
    referrerPolicy: { policy: 'same-origin' },
    strictTransportSecurity: secure ? { maxAge: 365 * 24 * 60 * 60, includeSubDomains: false } : false,
    xFrameOptions: { action: 'deny' },
  });
  return (req, res, next) => {
    res.setHeader('Permissions-Policy', PERMISSIONS_POLICY);
    setHelmetHeaders(req, res, next);
  };
}
