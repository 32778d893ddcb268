/** Apache Kafka cannot be had or does not run; the message says what to do. */
export class KafkaError extends Error {
  override readonly name = 'KafkaError';
}
