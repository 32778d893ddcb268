import type { CloudFormationCustomResourceEvent, CloudFormationCustomResourceResponse } from 'aws-lambda';

/**
 * Does what CloudFormation asks of a custom resource, and tells it how that ended
 * (docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-responses.html). Unless told, it waits and waits.
 *
 * @param act returns the resource's physical id; what it throws fails the deploy with its message
 * @throws when the answer could not be delivered; Lambda then tries the whole of it again
 */
export const respond = async (event: CloudFormationCustomResourceEvent, act: () => Promise<string>): Promise<void> => {
  const { StackId, RequestId, LogicalResourceId } = event;
  const asked = { StackId, RequestId, LogicalResourceId };
  const answer: CloudFormationCustomResourceResponse = await act().then(
    (PhysicalResourceId) => ({ ...asked, Status: 'SUCCESS', PhysicalResourceId }),
    (error: unknown) => ({
      ...asked,
      Status: 'FAILED',
      Reason: error instanceof Error ? `${error.name}: ${error.message}` : 'failed for an unknown reason',
      PhysicalResourceId: 'PhysicalResourceId' in event ? event.PhysicalResourceId : notMade,
    }),
  );
  const { ok, status } = await fetch(event.ResponseURL, { method: 'PUT', body: JSON.stringify(answer) });
  if (!ok) throw new Error(`CloudFormation did not take the answer: ${status}`);
};

/** The physical id of what could not be made: CloudFormation asks for its deletion when it rolls back. */
export const notMade = 'not-made';
