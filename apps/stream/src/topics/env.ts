import { KafkaAuth } from '@acme/lambda-kit/kafka';

export const Env = KafkaAuth;
