#!/usr/bin/env bash
# Deletes the stack with everything that it has stored: enriched events, lookup tables, the stream.
#   [STACK_NAME=data-enrichment-pipeline] scripts/destroy.sh [--yes]
# It asks first; --yes answers. The code of the function stays where deploy.sh has put it.
set -euo pipefail

stack=${STACK_NAME:-data-enrichment-pipeline}

if ! bucket=$(aws cloudformation describe-stacks --stack-name "$stack" \
  --query "Stacks[0].Outputs[?OutputKey=='BucketName'].OutputValue" --output text); then
  echo "the stack $stack could not be looked at: the line above says why" >&2
  exit 1
fi

if [[ ${1:-} != --yes ]]; then
  read -r -p "Delete the stack $stack and all that s3://$bucket holds? Type its name: " answer
  [[ $answer == "$stack" ]] || { echo 'nothing was deleted' >&2; exit 1; }
fi

# A bucket goes only when it is empty, and the function may write until it is gone itself: then the bucket alone is left,
# and the next try empties and deletes it.
for attempt in 1 2 3; do
  aws s3 rm --only-show-errors --recursive "s3://$bucket" || true # it may be gone already
  aws cloudformation delete-stack --stack-name "$stack"
  if aws cloudformation wait stack-delete-complete --stack-name "$stack"; then
    echo "$stack is gone"
    exit 0
  fi
  echo "try $attempt did not delete all of it" >&2
done
echo "the stack $stack is still there: aws cloudformation describe-stack-events --stack-name $stack" >&2
exit 1
