#!/usr/bin/env bash
# Uploads the code of the function, then creates or updates the stack, and prints its outputs.
#   CODE_BUCKET=<bucket> [STACK_NAME=data-enrichment-pipeline] scripts/deploy.sh [Environment=prod StreamShardCount=4 …]
# CODE_BUCKET is a bucket in the region of the stack; one that is not there is made. Credentials and region are those of
# the AWS CLI. What is left out of the parameters keeps its value, or has its default.
set -euo pipefail

stack=${STACK_NAME:-data-enrichment-pipeline}
bucket=${CODE_BUCKET:?say where the code of the function may lie: CODE_BUCKET=<bucket>}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

command -v aws >/dev/null || { echo 'the AWS CLI is not installed: see https://aws.amazon.com/cli/' >&2; exit 1; }

# By its content, so that other code is another key, and CloudFormation sees it.
digest=$( (sha256sum "$here/code.zip" 2>/dev/null || shasum -a 256 "$here/code.zip") | cut -c 1-16)
key="enricher/$digest.zip"

if ! aws s3api head-bucket --bucket "$bucket" >/dev/null 2>&1; then
  echo "making the bucket $bucket"
  aws s3 mb "s3://$bucket"
fi
aws s3 cp --only-show-errors "$here/code.zip" "s3://$bucket/$key"

aws cloudformation deploy \
  --stack-name "$stack" \
  --template-file "$here/cloudformation.yaml" \
  --capabilities CAPABILITY_IAM \
  --no-fail-on-empty-changeset \
  --parameter-overrides "CodeBucket=$bucket" "CodeKey=$key" "$@"

aws cloudformation describe-stacks --stack-name "$stack" --query 'Stacks[0].Outputs' --output table
