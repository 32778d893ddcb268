import type { ResourceKinds } from '../assembly/resource-kind.ts';
import type { AwsService } from '../aws/service.ts';

/** AWS services by the name that clients sign for: `kinesis`, `execute-api`, `monitoring`. */
export type Services = Readonly<Record<string, AwsService>>;

/** A part of AWS on this machine. */
export interface Engine {
  /** What it answers: the front hands on to it what is signed for one of these. */
  readonly services?: Services;
  /**
   * The CloudFormation types that it builds.
   *
   * @param assetFolder the unpacked folder that a template names by `S3Key`
   */
  readonly resourceKinds?: (assetFolder: (s3Key: string) => string) => ResourceKinds;
  /** Begins what runs by itself, once everything is built. */
  readonly start?: () => unknown;
  /** Resolves when all that it has taken has gone on. */
  readonly drain?: () => Promise<unknown>;
  /** Ends it. What it has acknowledged is on the disk. */
  readonly close?: () => unknown;
}

/** Engines in the order in which they were opened: each may use those before it, and ends before they do. */
export const engineList = () => {
  const engines: Engine[] = [];
  const merged = <Value>(of: (engine: Engine) => Readonly<Record<string, Value>> | undefined) =>
    Object.assign({}, ...engines.map(of)) as Readonly<Record<string, Value>>;
  return {
    add: (engine: Engine): void => void engines.push(engine),
    services: (): Services => merged(({ services }) => services),
    resourceKinds: (assetFolder: (s3Key: string) => string): ResourceKinds =>
      merged(({ resourceKinds }) => resourceKinds?.(assetFolder)),
    start: async (): Promise<void> => {
      for (const { start } of engines) await start?.();
    },
    drain: async (): Promise<void> => {
      for (const { drain } of engines.toReversed()) await drain?.();
    },
    /** In reverse; one that fails does not keep those before it from ending. @throws the first failure */
    close: async (): Promise<void> => {
      const failures: unknown[] = [];
      for (const { close } of engines.splice(0).toReversed()) {
        try {
          await close?.();
        } catch (error) {
          failures.push(error);
        }
      }
      if (failures.length > 0) throw failures[0];
    },
  };
};
export type EngineList = ReturnType<typeof engineList>;
