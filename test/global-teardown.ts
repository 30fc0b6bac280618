import { stopping } from './global-setup.ts';

export default async function tearDown(): Promise<void> {
  for (const stop of stopping) await stop();
}
