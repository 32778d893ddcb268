import * as z from 'zod';

/** How a function proves to the brokers who it is. */
export const KafkaAuth = z
  .object({
    /**
     * `iam`: the function's role (MSK). `scram`: name and password of a secret (SHA-512). `none`: a broker on the same
     * machine, or in a network of its own.
     */
    KAFKA_AUTH: z.enum(['iam', 'scram', 'none']),
    /** @default TLS where there is something to prove, none where there is nothing */
    KAFKA_TLS: z.stringbool().optional(),
    /** For scram: the ARN of a secret `{"username": …, "password": …}`. */
    KAFKA_SECRET_ARN: z.string().startsWith('arn:').optional(),
  })
  .refine(({ KAFKA_AUTH: auth, KAFKA_SECRET_ARN: secret }) => (auth === 'scram') === (secret !== undefined), {
    error: 'belongs to scram, and scram needs it',
    path: ['KAFKA_SECRET_ARN'],
  })
  .refine(({ KAFKA_AUTH: auth, KAFKA_TLS: tls }) => auth !== 'iam' || tls !== false, {
    error: 'MSK takes a role over TLS only',
    path: ['KAFKA_TLS'],
  });
export type KafkaAuth = z.infer<typeof KafkaAuth>;

/** `host:port`, comma-separated: the brokers that a client asks first. */
export const BootstrapServers = z
  .string()
  .transform((servers) => servers.split(',').map((server) => server.trim()))
  .pipe(z.array(z.string().regex(/^[\w.-]+:\d{1,5}$/, 'must be host:port')).min(1));
