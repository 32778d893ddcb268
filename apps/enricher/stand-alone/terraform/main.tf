# The stand-alone enrichment pipeline under Terraform: the code as an object of a bucket of yours, the rest as the stack
# that cloudformation.yaml describes. One description, two ways to deploy it.

terraform {
  required_version = ">= 1.5"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.0"
    }
  }
}

variable "stack_name" {
  type        = string
  default     = "data-enrichment-pipeline"
  description = "Name of the CloudFormation stack; the function is named after it."
}

variable "code_bucket" {
  type        = string
  description = "Bucket in the region of the stack that holds the code of the function."
}

variable "environment" {
  type        = string
  default     = "dev"
  description = "Value of the tag environment."
  validation {
    condition     = contains(["dev", "staging", "prod"], var.environment)
    error_message = "The environment is dev, staging or prod."
  }
}

variable "stream_shard_count" {
  type        = number
  default     = 2
  description = "Shards of the stream; one takes 1 MB or 1,000 records a second."
}

variable "lambda_memory_size" {
  type        = number
  default     = 256
  description = "MB of memory of the function."
}

variable "lambda_timeout" {
  type        = number
  default     = 60
  description = "Seconds that a batch may take: 10, 30, 60, 90, 120, 180, 300, 600 or 900."
}

locals {
  folder = "${path.module}/.."
  code   = "${local.folder}/code.zip"
}

# Named by its content, so that other code is another key, and CloudFormation sees it.
resource "aws_s3_object" "code" {
  bucket      = var.code_bucket
  key         = "enricher/${substr(filesha256(local.code), 0, 16)}.zip"
  source      = local.code
  source_hash = filesha256(local.code)
}

resource "aws_cloudformation_stack" "enricher" {
  name          = var.stack_name
  template_body = file("${local.folder}/cloudformation.yaml")
  capabilities  = ["CAPABILITY_IAM"]
  parameters = {
    Environment      = var.environment
    StreamShardCount = var.stream_shard_count
    LambdaMemorySize = var.lambda_memory_size
    LambdaTimeout    = var.lambda_timeout
    CodeBucket       = aws_s3_object.code.bucket
    CodeKey          = aws_s3_object.code.key
  }
}

output "stream_name" {
  value = aws_cloudformation_stack.enricher.outputs["StreamName"]
}

output "function_name" {
  value = aws_cloudformation_stack.enricher.outputs["FunctionName"]
}

output "bucket_name" {
  value = aws_cloudformation_stack.enricher.outputs["BucketName"]
}

output "table_name" {
  value = aws_cloudformation_stack.enricher.outputs["TableName"]
}
