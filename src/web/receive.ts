import type { Request, RequestHandler, Response } from 'express';

/** Runs a middleware that takes in an upload; its complaint becomes ours, so that the form can be shown again. */
export function received(upload: RequestHandler, req: Request, res: Response): Promise<void> {
  return new Promise((resolve, reject) => {
    void upload(req, res, (error?: unknown) => (error ? reject(error) : resolve()));
  });
}
