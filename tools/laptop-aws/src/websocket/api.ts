/** Calls one function: its name or ARN is all that a route or an authoriser knows of it. */
export interface Route {
  readonly key: string;
  /** ARN of the function that answers. */
  readonly functionArn: string;
  /** Whether what the function returns is sent to the client. */
  readonly responds: boolean;
  readonly authorizer?: Authorizer;
}

/** A function that is asked before a connection opens. */
export interface Authorizer {
  readonly functionArn: string;
  /** Query parameters and headers that must be there, else nobody is asked. */
  readonly identity: readonly { readonly from: 'querystring' | 'header'; readonly name: string }[];
}

/** Requests per second, and at once; undefined means no limit. */
export interface Throttle {
  readonly ratePerSecond: number;
  readonly burst: number;
}

export interface Stage {
  readonly name: string;
  readonly throttle?: Throttle;
}

/** A WebSocket API as its templates describe it; routes and stages come one by one. */
export interface Api {
  readonly id: string;
  /** The field of a message that names its route: `action` of `$request.body.action`. */
  readonly routeField: string;
  readonly routes: Map<string, Route>;
  readonly stages: Map<string, Stage>;
}
