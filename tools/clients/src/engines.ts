/** What the clients run on; `npm run test:clients` and `npm run test:engines` bring it. */
export interface Engines {
  /** A Python with the packages of programs/python/requirements.txt. */
  readonly python: string;
  readonly java: string;
  /** The folders of the jars of programs/java/kcl2 and kcl3. */
  readonly kcl2: string;
  readonly kcl3: string;
  /** A machine may lack these; their clients are skipped then. */
  readonly go: string | undefined;
  readonly kcat: string | undefined;
}

/** @throws Error that says how to get what is missing */
export const enginesOf = (env: NodeJS.ProcessEnv): Engines => {
  const { CLIENTS_PYTHON, READERS_JAVA, CLIENTS_KCL2, CLIENTS_KCL3, CLIENTS_GO, CLIENTS_KCAT } = env;
  if (!CLIENTS_PYTHON || !READERS_JAVA || !CLIENTS_KCL2 || !CLIENTS_KCL3)
    throw new Error('CLIENTS_PYTHON and its like must say where the clients are: use npm run test:clients');
  return {
    python: CLIENTS_PYTHON,
    java: READERS_JAVA,
    kcl2: CLIENTS_KCL2,
    kcl3: CLIENTS_KCL3,
    go: CLIENTS_GO || undefined,
    kcat: CLIENTS_KCAT || undefined,
  };
};
