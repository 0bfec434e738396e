/**
 * Of WXT's frame around a content script the signal of its end and the newcomer's call are used, no timers and no watch of
 * addresses: a class's methods do not fall away by themselves.
 */
export const leanFrame = {
  name: 'lean-frame',
  apply: 'build' as const,
  transform(code: string, id: string) {
    if (id.includes('utils/internal/custom-events'))
      return { code: code.replace(/var (\w+) = class[^]*?\n\};/, 'const $1 = null;'), map: null };
    // What catches only to log where there is no log, and waits though nobody does for it.
    if (/(?:content|unlisted)-script\S*-entrypoint/.test(id))
      return {
        code: code
          .replaceAll(/try \{([^]*?)\} catch \(err\) \{[^]*?throw err;\s+\}/g, '$1')
          .replace(/if \(result instanceof Promise\)[^]*?\}\);/, '')
          .replace(
            /const \{ main, \.\.\.options \} = definition;\s+return await main\((.*), options\)/,
            'definition.main($1)',
          )
          .replace('return await definition.main()', 'definition.main()')
          .replace('async () =>', '() =>'),
        map: null,
      };
    // The manifest has them by then.
    if (/entrypoints\/\w+\.content/.test(id))
      return { code: code.replaceAll(/\n\s*(?:matches|world|runAt|allFrames|noScript\w+): .*,/g, ''), map: null };
    if (!id.includes('utils/content-script-context')) return null;
    const lean = code
      .replace(/\n\t(?:id|locationWatcher.*|abortController);/g, '')
      // Nothing is told to the page, see the script's options.
      .replace(/\n\t\tif \(!this\.options\?\.noScript[^]*?"\*"\);/, '')
      .replaceAll(/\n\t(?:block|set\w+|request\w+|addEventListener|get isValid)\(.*\) \{[^]*?\n\t\}/g, '')
      // Names that it alone uses, which no minifier dares to shorten.
      .replaceAll(
        /\b(?:SCRIPT_STARTED_MESSAGE_TYPE|contentScriptName|messageId|(?:stopOld|verifyScript|listenForNewer|notifyInvalid)\w+)/g,
        (name) => name.slice(0, 2),
      )
      .replace('"Content script context invalidated"', '')
      .replace('this.options = options;', '');
    return { code: lean, map: null };
  },
};
