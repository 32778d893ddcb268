/** A frame that was acknowledged fails its checksum: the disk, or someone who edited the file, changed it. */
export class DamagedLog extends Error {
  override readonly name = 'DamagedLog';
  readonly file: string;
  readonly offset: number;

  /** @param what the log, as in `the stream's log` */
  constructor(what: string, file: string, offset: number) {
    super(
      `${what} ${file} is damaged at byte ${offset}: the record there fails its checksum. ` +
        `Restore the file from a copy; or give up what follows in this file and start again after ` +
        `"truncate -s ${offset} '${file}'"; or start with an empty --dir`,
    );
    this.file = file;
    this.offset = offset;
  }
}
