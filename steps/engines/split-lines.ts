/** A line that is longer is handed on in pieces: whoever writes without an end must not fill the memory. */
const longest = 16_384;

/** Lines of a stream of text; nothing is lost, also when the last one has no end. */
export async function* splitLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of chunks) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) yield* cut(line.replace(/\r$/, ''));
    while (rest.length > longest) {
      yield rest.slice(0, longest);
      rest = rest.slice(longest);
    }
  }
  if (rest !== '') yield rest;
}

function* cut(line: string): Generator<string> {
  for (let start = 0; start === 0 || start < line.length; start += longest)
    yield line.slice(start, start + longest);
}
