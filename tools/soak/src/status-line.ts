/** What a status line of the platform says. */
export interface StatusLine {
  readonly generated: number;
  readonly unread: number;
}

/** The newest status line in what the platform printed. */
export const latestStatus = (output: string): StatusLine | undefined => {
  const [, generated, unread] = [...output.matchAll(/([\d,]+) generated .*?([\d,]+) records unread/g)].at(-1) ?? [];
  return generated && unread ? { generated: number(generated), unread: number(unread) } : undefined;
};

const number = (text: string): number => Number(text.replaceAll(',', ''));
