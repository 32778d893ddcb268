import { AwsError } from '../aws/aws-error.ts';

/**
 * The unstructured filter patterns of CloudWatch Logs: `a b` both, `?a ?b` either, `-a` without, `"a b"` a phrase;
 * case counts.
 *
 * @throws AwsError InvalidParameterException for patterns of JSON, columns or regular expressions
 */
export const filterPattern = (pattern: string): ((message: string) => boolean) => {
  if (/^\s*[{[%]/.test(pattern))
    throw new AwsError(
      'InvalidParameterException',
      'the laptop platform filters by terms only: words, "phrases", ?either and -without',
    );
  const terms = [...pattern.matchAll(/([?-]?)(?:"((?:[^"\\]|\\.)*)"|(\S+))/g)].map(([, sign, phrase, word]) => ({
    sign,
    text: phrase?.replaceAll(/\\(.)/g, '$1') ?? word ?? '',
  }));
  const of = (wanted: string) => terms.filter(({ sign }) => sign === wanted).map(({ text }) => text);
  const [all, either, without] = [of(''), of('?'), of('-')];
  return (message) =>
    all.every((text) => message.includes(text)) &&
    (either.length === 0 || all.length > 0 || either.some((text) => message.includes(text))) &&
    !without.some((text) => message.includes(text));
};
