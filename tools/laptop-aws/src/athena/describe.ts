import type { Definitions, NamedQuery, WorkGroup } from './definitions.ts';
import type { Execution } from './execution.ts';

/** What the laptop's DuckDB stands in for. */
export const engine = { SelectedEngineVersion: 'AUTO', EffectiveEngineVersion: 'Athena engine version 3' };

/** As GetQueryExecution answers; times are seconds, durations milliseconds. */
export const describeExecution = (execution: Execution, { workGroups }: Definitions): object => {
  const { startedMs = execution.completedMs ?? Date.now(), submittedMs, state, reason } = execution;
  const endMs = execution.completedMs ?? Date.now();
  const encryption = workGroups.find(({ name }) => name === execution.workGroup)?.encryption;
  return {
    QueryExecutionId: execution.id,
    Query: execution.query,
    StatementType: execution.statementType,
    ResultConfiguration: {
      OutputLocation: execution.outputLocation,
      ...(encryption === undefined ? {} : { EncryptionConfiguration: { EncryptionOption: encryption } }),
    },
    ResultReuseConfiguration: { ResultReuseByAgeConfiguration: { Enabled: false } },
    QueryExecutionContext: { Database: execution.database, Catalog: execution.catalog },
    Status: {
      State: state,
      StateChangeReason: reason,
      SubmissionDateTime: submittedMs / 1000,
      ...(execution.completedMs === undefined ? {} : { CompletionDateTime: execution.completedMs / 1000 }),
      ...(state === 'FAILED'
        ? {
            AthenaError: {
              ErrorCategory: reason?.startsWith('INTERNAL') ? 1 : 2,
              Retryable: false,
              ErrorMessage: reason,
            },
          }
        : {}),
    },
    Statistics: {
      EngineExecutionTimeInMillis: Math.max(0, endMs - startedMs),
      DataScannedInBytes: execution.bytesScanned,
      DataManifestLocation: execution.manifestLocation,
      TotalExecutionTimeInMillis: endMs - submittedMs,
      QueryQueueTimeInMillis: Math.max(0, startedMs - submittedMs),
      ServiceProcessingTimeInMillis: 0,
      ResultReuseInformation: { ReusedPreviousResult: false },
    },
    WorkGroup: execution.workGroup,
    EngineVersion: engine,
    SubstatementType: execution.query.trim().split(/\s+/, 1)[0]?.toUpperCase(),
  };
};

export const describeNamedQuery = ({ id, name, description, database, query, workGroup }: NamedQuery): object => ({
  NamedQueryId: id,
  Name: name,
  Description: description,
  Database: database,
  QueryString: query,
  WorkGroup: workGroup,
});

export const describeWorkGroup = (workGroup: WorkGroup): object => ({
  Name: workGroup.name,
  Description: workGroup.description,
  State: workGroup.isEnabled ? 'ENABLED' : 'DISABLED',
  Configuration: {
    ResultConfiguration: {
      OutputLocation: workGroup.outputLocation,
      ...(workGroup.encryption === undefined
        ? {}
        : { EncryptionConfiguration: { EncryptionOption: workGroup.encryption } }),
    },
    EnforceWorkGroupConfiguration: workGroup.isEnforced,
    PublishCloudWatchMetricsEnabled: workGroup.publishesMetrics,
    BytesScannedCutoffPerQuery: workGroup.bytesScannedCutoff,
    RequesterPaysEnabled: false,
    EngineVersion: engine,
  },
});
