import { randomInt } from 'node:crypto';
import * as z from 'zod';

/** `GenerateSecretString` of a template (AWS::SecretsManager::Secret), with CloudFormation's defaults. */
export const GenerateSecretString = z.strictObject({
  PasswordLength: z.number().int().min(1).max(4096).default(32),
  ExcludeCharacters: z.string().default(''),
  ExcludeLowercase: z.boolean().default(false),
  ExcludeNumbers: z.boolean().default(false),
  ExcludePunctuation: z.boolean().default(false),
  ExcludeUppercase: z.boolean().default(false),
  IncludeSpace: z.boolean().default(false),
  RequireEachIncludedType: z.boolean().default(true),
  SecretStringTemplate: z.string().optional(),
  GenerateStringKey: z.string().optional(),
});
export type GenerateSecretString = z.infer<typeof GenerateSecretString>;

/**
 * A new random secret: the password itself, or the JSON of the template with the password under its key.
 *
 * @throws Error when the settings exclude every character, or ask for more types than characters
 */
export const generateSecret = (settings: GenerateSecretString): string => {
  const { SecretStringTemplate: template, GenerateStringKey: key } = settings;
  if (template === undefined || key === undefined) return password(settings);
  return JSON.stringify({ ...(JSON.parse(template) as object), [key]: password(settings) });
};

const password = (settings: GenerateSecretString): string => {
  const types = included(settings);
  const required = settings.RequireEachIncludedType ? types : [];
  if (types.length === 0 || required.length > settings.PasswordLength) {
    throw new Error('GenerateSecretString: its exclusions leave too few characters, or PasswordLength is too short');
  }
  const all = types.join('');
  const characters = Array.from({ length: settings.PasswordLength }, (_, index) => oneOf(required[index] ?? all));
  for (let last = characters.length - 1; last > 0; last--) {
    const other = randomInt(last + 1);
    [characters[last], characters[other]] = [characters[other] as string, characters[last] as string];
  }
  return characters.join('');
};

/** The alphabets that a password draws from, without the characters that are excluded. */
const included = (settings: GenerateSecretString): string[] =>
  [
    settings.ExcludeLowercase ? '' : 'abcdefghijklmnopqrstuvwxyz',
    settings.ExcludeUppercase ? '' : 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
    settings.ExcludeNumbers ? '' : '0123456789',
    settings.ExcludePunctuation ? '' : '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~',
    settings.IncludeSpace ? ' ' : '',
  ]
    .map((alphabet) => [...alphabet].filter((one) => !settings.ExcludeCharacters.includes(one)).join(''))
    .filter((alphabet) => alphabet.length > 0);

const oneOf = (alphabet: string): string => alphabet[randomInt(alphabet.length)] as string;
