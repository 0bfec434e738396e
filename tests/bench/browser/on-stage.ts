import { ensureBuild } from '@/scripts/build-extension';
import { type Stage, type StageOptions, startStage } from '@/tests/e2e/stage';

/** Measures the production build in Chromium, on an exchange and in a browser that nothing else has used. */
export async function onStage<T>(measure: (stage: Stage) => Promise<T>, options: StageOptions = {}): Promise<T> {
  ensureBuild('chrome');
  const stage = await startStage(options);
  try {
    return await measure(stage);
  } finally {
    await stage.close();
  }
}
