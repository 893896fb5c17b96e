import { connect } from 'node:net';

/**
 * Sends bytes as they are, which no HTTP client would, and reads what comes back until the server closes or `ms` are over.
 * @returns the status of the first answer, 0 when the connection was closed without one, and everything received
 */
export async function rawRequest(
  url: string,
  bytes: string | Uint8Array,
  ms = 2_000,
): Promise<{ readonly status: number; readonly text: string }> {
  const { hostname, port } = new URL(url);
  return await new Promise((resolve) => {
    let text = '';
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    const finish = () => {
      clearTimeout(patience);
      socket.destroy();
      resolve({ status: Number(/^HTTP\/1\.[01] (\d{3})/.exec(text)?.[1] ?? 0), text });
    };
    const patience = setTimeout(finish, ms);
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1');
    });
    socket.on('error', finish);
    socket.on('close', finish);
  });
}
