/** A QR code for terminals, two modules a character; the library is loaded only where one is drawn. */
export async function qrCodeLines(text: string): Promise<readonly string[]> {
  const { encodeQR } = await import('qr');
  const modules = encodeQR(text, 'raw', { ecc: 'low', border: 2 });
  const lines: string[] = [];
  for (let row = 0; row < modules.length; row += 2) {
    const upper = modules[row] ?? [];
    const lower = modules[row + 1] ?? [];
    lines.push(upper.map((isDark, column) => block(isDark, lower[column] ?? false)).join(''));
  }
  return lines;
}

/** Light modules are drawn, dark ones left out: most terminals are dark, and readers want light around the code. */
function block(isUpperDark: boolean, isLowerDark: boolean): string {
  if (isUpperDark) return isLowerDark ? ' ' : '▄';
  return isLowerDark ? '▀' : '█';
}
