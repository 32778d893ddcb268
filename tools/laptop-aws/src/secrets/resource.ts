import * as z from 'zod';
import { resourceKind, type ResourceKinds } from '../assembly/resource-kind.ts';
import { generateSecret, GenerateSecretString } from './generate-secret.ts';
import { secretArn, type Secrets } from './secrets.ts';

const Properties = z.strictObject({
  Name: z.string().optional(),
  Description: z.string().optional(),
  GenerateSecretString: GenerateSecretString.optional(),
  SecretString: z.string().optional(),
  // On the laptop the file's mode is what protects the value.
  KmsKeyId: z.string().optional(),
});

/** Secrets of the templates: generated once and then kept, as CloudFormation does. */
export const secretsResources = (secrets: Secrets): ResourceKinds => ({
  'AWS::SecretsManager::Secret': resourceKind(Properties, async (properties, { generatedName }) => {
    const { Name: name = generatedName, Description, GenerateSecretString: settings, SecretString } = properties;
    const { value } = await secrets.declare(name, Description, () =>
      settings ? generateSecret(settings) : (SecretString ?? ''),
    );
    if (SecretString !== undefined && value !== SecretString) await secrets.replace(name, SecretString);
    return { ref: secretArn(name), attributes: { Id: secretArn(name) } };
  }),
});
