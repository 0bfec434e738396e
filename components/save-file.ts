/** Hands a file to the browser to be saved. */
export function saveFile(name: string, content: string | Blob): void {
  const blob = typeof content === 'string' ? new Blob([content], { type: 'application/json' }) : content;
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // A large file is read after the click.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
