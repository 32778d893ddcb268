// The AWS SDK for Go, version 2, against the platform: what came of each case is a line of JSON.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/feature/s3/manager"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	dynamotypes "github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/aws/aws-sdk-go-v2/service/kinesis"
	kinesistypes "github.com/aws/aws-sdk-go-v2/service/kinesis/types"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	s3types "github.com/aws/aws-sdk-go-v2/service/s3/types"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	"github.com/aws/smithy-go"
)

type report struct {
	Client  string `json:"client"`
	Version string `json:"version"`
	Area    string `json:"area"`
	Title   string `json:"title"`
	Problem string `json:"problem,omitempty"`
}

func version() string {
	information, _ := debug.ReadBuildInfo()
	for _, dependency := range information.Deps {
		if dependency.Path == "github.com/aws/aws-sdk-go-v2" {
			return strings.TrimPrefix(dependency.Version, "v")
		}
	}
	return "unknown"
}

func check(area, title string, run func() error) {
	told := report{Client: "aws-sdk-go-v2", Version: version(), Area: area, Title: title}
	if err := run(); err != nil {
		told.Problem = err.Error()
	}
	line, _ := json.Marshal(told)
	fmt.Println(string(line))
}

func refused(err error, code string) error {
	var told smithy.APIError
	if errors.As(err, &told) && told.ErrorCode() == code {
		return nil
	}
	return fmt.Errorf("it is %v, and not refused with %s", err, code)
}

func main() {
	ctx := context.Background()
	loaded, err := config.LoadDefaultConfig(ctx)
	if err != nil {
		panic(err)
	}
	objects := s3.NewFromConfig(loaded, func(options *s3.Options) { options.UsePathStyle = true })
	bucket := aws.String("clients-go")

	check("STS", "the caller is told", func() error {
		who, err := sts.NewFromConfig(loaded).GetCallerIdentity(ctx, &sts.GetCallerIdentityInput{})
		if err == nil && aws.ToString(who.Account) != "000000000000" {
			return fmt.Errorf("account %s", aws.ToString(who.Account))
		}
		return err
	})

	check("S3", "objects are put, read by range, listed in pages and removed, with codes for what is not there", func() error {
		_, err := objects.CreateBucket(ctx, &s3.CreateBucketInput{
			Bucket:                    bucket,
			CreateBucketConfiguration: &s3types.CreateBucketConfiguration{LocationConstraint: "us-west-2"},
		})
		if err != nil {
			return err
		}
		for number := range 5 {
			key := aws.String(fmt.Sprintf("a b/%d", number))
			input := &s3.PutObjectInput{Bucket: bucket, Key: key, Body: strings.NewReader("0123456789")}
			if _, err := objects.PutObject(ctx, input); err != nil {
				return err
			}
		}
		got, err := objects.GetObject(ctx, &s3.GetObjectInput{Bucket: bucket, Key: aws.String("a b/3"), Range: aws.String("bytes=2-4")})
		if err != nil {
			return err
		}
		if body, _ := io.ReadAll(got.Body); string(body) != "234" {
			return fmt.Errorf("read %q", body)
		}
		found := 0
		pages := s3.NewListObjectsV2Paginator(objects, &s3.ListObjectsV2Input{Bucket: bucket, MaxKeys: aws.Int32(2)})
		for pages.HasMorePages() {
			page, err := pages.NextPage(ctx)
			if err != nil {
				return err
			}
			for _, object := range page.Contents {
				found++
				if _, err := objects.DeleteObject(ctx, &s3.DeleteObjectInput{Bucket: bucket, Key: object.Key}); err != nil {
					return err
				}
			}
		}
		if found != 5 {
			return fmt.Errorf("listed %d", found)
		}
		_, err = objects.GetObject(ctx, &s3.GetObjectInput{Bucket: bucket, Key: aws.String("a b/3")})
		return refused(err, "NoSuchKey")
	})

	check("S3", "a file of 12 MB is uploaded in parts and comes back", func() error {
		large := bytes.Repeat([]byte("0123456789ab"), 1<<20)
		input := &s3.PutObjectInput{Bucket: bucket, Key: aws.String("large"), Body: bytes.NewReader(large)}
		if _, err := manager.NewUploader(objects).Upload(ctx, input); err != nil {
			return err
		}
		buffer := manager.NewWriteAtBuffer(nil)
		get := &s3.GetObjectInput{Bucket: bucket, Key: aws.String("large")}
		if _, err := manager.NewDownloader(objects).Download(ctx, buffer, get); err != nil {
			return err
		}
		if !bytes.Equal(buffer.Bytes(), large) {
			return errors.New("other bytes came back")
		}
		return nil
	})

	check("DynamoDB", "an item is put by a condition once, and read", func() error {
		table := dynamodb.NewFromConfig(loaded)
		name := aws.String("clients-go")
		_, err := table.CreateTable(ctx, &dynamodb.CreateTableInput{
			TableName:            name,
			BillingMode:          dynamotypes.BillingModePayPerRequest,
			AttributeDefinitions: []dynamotypes.AttributeDefinition{{AttributeName: aws.String("id"), AttributeType: "S"}},
			KeySchema:            []dynamotypes.KeySchemaElement{{AttributeName: aws.String("id"), KeyType: "HASH"}},
		})
		if err != nil {
			return err
		}
		id := map[string]dynamotypes.AttributeValue{"id": &dynamotypes.AttributeValueMemberS{Value: "one"}}
		put := &dynamodb.PutItemInput{TableName: name, Item: id, ConditionExpression: aws.String("attribute_not_exists(id)")}
		if _, err := table.PutItem(ctx, put); err != nil {
			return err
		}
		_, err = table.PutItem(ctx, put)
		if err := refused(err, "ConditionalCheckFailedException"); err != nil {
			return err
		}
		got, err := table.GetItem(ctx, &dynamodb.GetItemInput{TableName: name, Key: id})
		if err == nil && len(got.Item) != 1 {
			return fmt.Errorf("read %v", got.Item)
		}
		return err
	})

	check("Kinesis", "records are put and read back in their order", func() error {
		streams := kinesis.NewFromConfig(loaded)
		name := aws.String("clients-go")
		if _, err := streams.CreateStream(ctx, &kinesis.CreateStreamInput{StreamName: name, ShardCount: aws.Int32(1)}); err != nil {
			return err
		}
		var records []kinesistypes.PutRecordsRequestEntry
		for number := range 3 {
			records = append(records, kinesistypes.PutRecordsRequestEntry{
				Data: []byte{byte(number)}, PartitionKey: aws.String("k"),
			})
		}
		put, err := streams.PutRecords(ctx, &kinesis.PutRecordsInput{StreamName: name, Records: records})
		if err != nil {
			return err
		}
		at, err := streams.GetShardIterator(ctx, &kinesis.GetShardIteratorInput{
			StreamName: name, ShardId: put.Records[0].ShardId, ShardIteratorType: kinesistypes.ShardIteratorTypeTrimHorizon,
		})
		if err != nil {
			return err
		}
		got, err := streams.GetRecords(ctx, &kinesis.GetRecordsInput{ShardIterator: at.ShardIterator})
		if err != nil {
			return err
		}
		var read []byte
		for _, record := range got.Records {
			read = append(read, record.Data...)
		}
		if !bytes.Equal(read, []byte{0, 1, 2}) {
			return fmt.Errorf("read %v", read)
		}
		return nil
	})
	os.Exit(0)
}
