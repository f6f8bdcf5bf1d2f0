/** Installs what the other commands need (packages and Node) and stops there. `.ci/run` calls it before the lint. */
import { bootstrap, main } from './bootstrap/bootstrap.mjs';

await main(async () => {
  await bootstrap();
  return 0;
});
