import { ensureBuild } from '@/scripts/build-extension';

/** Before all end-to-end tests: what they drive is the production build. */
export default function setup(): void {
  ensureBuild('chrome');
}
