// A real Apache Kafka on this machine, and its client.
export { kafkaClient } from './kafka/client.ts';
export { startCluster } from './kafka/cluster.ts';
export { kafkaJars } from './kafka/jars.ts';
export { findJava } from './kafka/java.ts';
export { type Kafka, openKafka } from './kafka/kafka.ts';
export { patiently } from './kafka/patiently.ts';
export { readTopic } from './kafka/read-topic.ts';
export { runTool } from './kafka/run-java.ts';
export { applyTopic } from './kafka/topics.ts';
