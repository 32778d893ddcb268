import { styleText } from 'node:util';

const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];

/** Where lines go: a terminal, where the last line may be written again, or a file. */
export interface Screen {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** Steps with their times, plain lines, and one line at the bottom that is kept up to date. */
export class Progress {
  private readonly screen: Screen;
  private bottom = '';

  constructor(screen: Screen = process.stdout) {
    this.screen = screen;
  }

  /** Whether its bottom line is shown. */
  get isLive(): boolean {
    return this.screen.isTTY === true;
  }

  /** Does one step and says how long it took; what `work` returns is its detail. */
  async step(name: string, work: () => Promise<string>): Promise<void> {
    const started = performance.now();
    let frame = 0;
    const spin = (): void => this.status(`${name.padEnd(10)} ${dim(frames[frame++ % frames.length] as string)}`);
    const spinning = this.screen.isTTY ? setInterval(spin, 80) : undefined;
    try {
      const detail = await work();
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      this.line(`${name.padEnd(10)} ${detail.padEnd(44)} ${dim(`${seconds} s`)}`);
    } finally {
      clearInterval(spinning);
      this.status('');
    }
  }

  line(text: string): void {
    this.clear();
    this.screen.write(`${text}\n`);
    this.draw();
  }

  /** The line at the bottom; on what is no terminal there is none. */
  status(text: string): void {
    if (!this.screen.isTTY) return;
    this.clear();
    this.bottom = text;
    this.draw();
  }

  private clear(): void {
    if (this.bottom) this.screen.write('\r\u001b[2K');
  }

  private draw(): void {
    if (this.bottom) this.screen.write(this.bottom.slice(0, (this.screen.columns ?? 80) + escapes(this.bottom)));
  }
}

/** A bar of 24 cells for a share from 0 to 1. */
export const bar = (share: number): string => {
  const full = Math.round(Math.min(1, Math.max(0, share)) * 24);
  return `${'█'.repeat(full)}${dim('░'.repeat(24 - full))}`;
};

export const dim = (text: string): string => styleText('dim', text, { stream: process.stdout });
export const good = (text: string): string => styleText('green', text, { stream: process.stdout });
export const bad = (text: string): string => styleText('red', text, { stream: process.stdout });
export const strong = (text: string): string => styleText('bold', text, { stream: process.stdout });

/** 1234567 -> 1,234,567 */
export const count = (value: number): string => value.toLocaleString('en-US');

const escapes = (text: string): number => text.length - text.replace(/\u001b\[[0-9;]*[A-Za-z]/g, '').length;
