import { start } from './startServer.ts';

await start(process.env);
