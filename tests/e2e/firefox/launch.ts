import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import { type Bidi, connectBidi } from './bidi';
import { startTunnel } from './tunnel';

const EXTENSION_ID = 'liqband@liqband.example';
/** The extension's own address, which Firefox would draw at random. */
const UUID = '5f0c9f1e-6a9b-4b54-9a39-0d6d2f6f3a11';
/** The event page is put to sleep after this long without a call or an event; 30 s in real life. */
export const IDLE_MS = 20_000;

const prefsFor = (proxyPort: number): Readonly<Record<string, string | number | boolean>> => ({
  'network.proxy.type': 1,
  'network.proxy.ssl': '127.0.0.1',
  'network.proxy.ssl_port': proxyPort,
  'extensions.webextensions.uuids': JSON.stringify({ [EXTENSION_ID]: UUID }),
  'extensions.background.idle.timeout': IDLE_MS,
  'app.update.enabled': false,
  'browser.shell.checkDefaultBrowser': false,
  'browser.startup.page': 0,
  'datareporting.policy.dataSubmissionEnabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
});

export interface Tab {
  /** Value of an expression in the page; a promise is waited for. */
  evaluate<Result>(expression: string): Promise<Result>;
  /** Only the tab in front is drawn. */
  toFront(): Promise<void>;
  /** A PNG of what is seen in front. */
  picture(): Promise<Buffer>;
}

export interface Firefox {
  /** Of the extension's own pages. */
  readonly origin: string;
  openTab(url: string): Promise<Tab>;
  /** What the browser says of the event page: `running`, `stopped`. */
  backgroundState(): Promise<string>;
  /** Puts the event page to sleep as the browser does when it was idle. */
  suspendBackground(): Promise<void>;
  close(): Promise<void>;
}

/** A headless Firefox with the extension in it; the loopback server on `port` answers for every host. */
export async function launchFirefox(executable: string, extensionDir: string, port: number): Promise<Firefox> {
  const profile = await mkdtemp(path.join(os.tmpdir(), 'liqband-firefox-'));
  const tunnel = await startTunnel(port);
  const prefs = Object.entries(prefsFor(tunnel.port)).map(
    ([name, value]) => `user_pref("${name}", ${JSON.stringify(value)});\n`,
  );
  writeFileSync(path.join(profile, 'user.js'), prefs.join(''));
  // Without access to the system neither an extension's pages nor its event page can be driven.
  const flags = ['--headless', '--remote-debugging-port=0', '--remote-allow-system-access', '--no-remote'];
  const child = spawn(executable, [...flags, '--profile', profile], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, HOME: profile },
  });
  const close = async (): Promise<void> => {
    const exited = child.exitCode === null ? once(child, 'exit') : null;
    child.kill();
    await exited;
    tunnel.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const bidi = await connectBidi(`${await addressOf(child)}/session`);
    await bidi.send('session.new', { capabilities: { alwaysMatch: { acceptInsecureCerts: true } } });
    await bidi.send('webExtension.install', { extensionData: { type: 'path', path: extensionDir } });
    const system = await systemContext(bidi);
    const extension = `WebExtensionPolicy.getByID(${JSON.stringify(EXTENSION_ID)}).extension`;
    return {
      origin: `moz-extension://${UUID}`,
      openTab: (url) => openTab(bidi, url),
      backgroundState: () => evaluate(bidi, system, `${extension}.backgroundState`),
      suspendBackground: () => evaluate(bidi, system, `${extension}.terminateBackground()`),
      async close() {
        bidi.close();
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const found = /WebDriver BiDi listening on (ws:\S+)/.exec(said);
      if (found !== null) resolve(found[1]);
    });
    child.once('exit', () => reject(new Error(`Firefox ended: ${said.slice(-500)}`)));
  });
}

/** Firefox's own window. */
async function systemContext(bidi: Bidi): Promise<string> {
  const { contexts } = await bidi.send<{ contexts: readonly { context: string }[] }>('browsingContext.getTree', {
    'moz:scope': 'chrome',
  });
  return contexts[0].context;
}

async function evaluate<Result>(bidi: Bidi, context: string, expression: string): Promise<Result> {
  const answer = await bidi.send<{ type: string; result: { value?: string }; exceptionDetails?: { text: string } }>(
    'script.evaluate',
    {
      expression: `(async () => JSON.stringify(await (${expression})) ?? 'null')()`,
      target: { context },
      awaitPromise: true,
    },
  );
  if (answer.type === 'exception') throw new Error(answer.exceptionDetails?.text);
  return JSON.parse(answer.result.value ?? 'null') as Result;
}

async function openTab(bidi: Bidi, url: string): Promise<Tab> {
  const { context } = await bidi.send<{ context: string }>('browsingContext.create', { type: 'tab' });
  await bidi.send<void>('browsingContext.navigate', { context, url, wait: 'interactive' });
  return {
    evaluate: (expression) => evaluate(bidi, context, expression),
    toFront: () => bidi.send('browsingContext.activate', { context }),
    async picture() {
      const { data } = await bidi.send<{ data: string }>('browsingContext.captureScreenshot', { context });
      return Buffer.from(data, 'base64');
    },
  };
}
